import type { MaskRule } from '#common/dataset/reading.ts';
import { DRAWN_IGNORED } from '#common/dataset/readMaskValue.ts';
import type { StoredMask } from '../decoding/decodeImage.ts';
import type { Bitmap, Drawing, Shape } from './drawing.ts';
import { fillRings } from './fillRings.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Paints what was drawn on a page as a mask of values: 0 where nothing is, else the place of the class among the names of the rule, from 1.
 * Where areas lie over each other, those of the classes that are foreground by the rule count before what does not count, and that before all others;
 * so a class that is not wanted hides none that is.
 */
export function paintDrawing({ shapes }: Drawing, page: number, size: Size, rule: MaskRule): StoredMask {
  const data = new Uint16Array(size.width * size.height);
  const valueOf = new Map((rule.names ?? []).map((name, index) => [name, index + 1]));
  const here = shapes.filter((shape) => shape.page === null || shape.page === page);
  const layers: { shapes: Shape[]; value: (shape: Shape) => number }[] = [
    { shapes: [], value: ({ className }) => valueOf.get(className) ?? 0 },
    { shapes: [], value: () => DRAWN_IGNORED },
    { shapes: [], value: ({ className }) => valueOf.get(className) ?? 0 },
  ];
  for (const shape of here) {
    const value = valueOf.get(shape.className) ?? 0;
    const isIgnored = shape.ignored && rule.ignored !== null;
    const isWanted = rule.foreground === null || rule.foreground.includes(value);
    layers[isIgnored ? 1 : isWanted ? 2 : 0]?.shapes.push(shape);
  }
  for (const layer of layers) {
    for (const shape of layer.shapes) {
      if ('rings' in shape.area) fillRings(shape.area.rings, data, size, layer.value(shape));
      else paintBitmap(shape.area.bitmap, data, size, layer.value(shape));
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
  return { raster, palette: null, minIsWhite: false, isDrawn: true };
}

function paintBitmap(bitmap: Bitmap, marks: Uint16Array, { width, height }: Size, value: number): void {
  const { left, top, bits } = bitmap;
  const [fromX, toX] = [Math.max(0, -left), Math.min(bitmap.width, width - left)];
  const [fromY, toY] = [Math.max(0, -top), Math.min(bitmap.height, height - top)];
  for (let y = fromY; y < toY; y += 1) {
    for (let x = fromX; x < toX; x += 1) {
      if (bits[y * bitmap.width + x] === 1) marks[(y + top) * width + x + left] = value;
    }
  }
}
