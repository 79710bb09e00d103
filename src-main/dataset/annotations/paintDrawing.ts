import type { MaskRule } from '#common/dataset/reading.ts';
import { DRAWN_IGNORED } from '#common/dataset/readMaskValue.ts';
import type { StoredMask } from '../decoding/decodeImage.ts';
import { unread } from './annotationText.ts';
import { type Area, type Drawing, isBackgroundClass, isIgnoredClass, type Shape } from './drawing.ts';
import { fillRings } from './fillRings.ts';
import { paintBitmap, paintRuns } from './paintPixels.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How often outlines may cover an image over and over: a file that says more is made to keep whoever reads it busy. */
const MOST_LAYERS = 400;
/** Work that is always allowed, in pixels and crossings of rows. */
const SPARE = 100e6;

/** A mask that was painted, and how many of its shapes lie wholly outside of the image. */
export interface PaintedMask extends StoredMask {
  readonly outside: number;
}

/**
 * Paints what was drawn on a page as a mask of values: 0 where nothing is, else the place of the class among the names of the rule, from 1.
 * Where areas lie over each other, those of the classes that are foreground by the rule count before what does not count, and that before all others; so
 * a class that is not wanted hides none that is. Background that was drawn takes away what was drawn before it.
 * @param path of the mask, for failures
 * @throws annotation-unread for outlines that cover the image hundreds of times
 */
export function paintDrawing(
  { shapes }: Drawing,
  page: number,
  size: Size,
  rule: MaskRule,
  path: string,
): PaintedMask {
  const data = new Uint16Array(size.width * size.height);
  const valueOf = new Map((rule.names ?? []).map((name, index) => [name, index + 1]));
  const here = shapes.filter((shape) => shape.page === null || shape.page === page);
  const layers: { readonly shape: Shape; readonly value: number }[][] = [[], [], []];
  for (const shape of here) {
    const { className } = shape;
    const value = valueOf.get(className) ?? 0;
    const isIgnored = shape.ignored && rule.ignored !== null;
    if (isBackgroundClass(className)) for (const layer of layers) layer.push({ shape, value: 0 });
    else if (isIgnored) layers[1]?.push({ shape, value: DRAWN_IGNORED });
    else if (isIgnoredClass(className)) continue;
    else layers[rule.foreground === null || rule.foreground.includes(value) ? 2 : 0]?.push({ shape, value });
  }
  let left = MOST_LAYERS * data.length + SPARE;
  let outside = 0;
  for (const layer of layers) {
    for (const { shape, value } of layer) {
      const { marked, work } = paint(shape.area, data, size, value, left);
      left -= work;
      if (left < 0) throw unread(path, `its outlines cover the image more than ${MOST_LAYERS} times`);
      if (marked === 0 && liesOutside(shape.area, size)) outside += 1;
    }
  }
  const raster = {
    ...size,
    channels: 1 as const,
    bitDepth: 16 as const,
    data,
    alpha: null,
    orientation: 1,
    greyStoredAsColour: false,
    notFinite: false,
  };
  return { raster, palette: null, minIsWhite: false, isDrawn: true, outside };
}

function paint(
  area: Area,
  data: Uint16Array,
  size: Size,
  value: number,
  most: number,
): { marked: number; work: number } {
  if ('rings' in area) return fillRings(area.rings, data, size, value, most);
  if ('bitmap' in area) return paintBitmap(area.bitmap, data, size, value);
  return paintRuns(area.runs, data, size, value, most);
}

/** Whether an area is nowhere in the image; one that is only too thin for a pixel is not. */
function liesOutside(area: Area, { width, height }: Size): boolean {
  if (!('rings' in area)) return false;
  return area.rings.every((ring) => {
    let [leastX, mostX] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let [leastY, mostY] = [leastX, mostX];
    for (let corner = 0; corner < ring.length; corner += 2) {
      const [x, y] = [ring[corner] ?? 0, ring[corner + 1] ?? 0];
      [leastX, mostX] = [Math.min(leastX, x), Math.max(mostX, x)];
      [leastY, mostY] = [Math.min(leastY, y), Math.max(mostY, y)];
    }
    return mostX < 0 || mostY < 0 || leastX > width || leastY > height;
  });
}
