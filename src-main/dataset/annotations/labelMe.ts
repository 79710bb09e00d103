import { sharp } from '../decoding/imageDecoder.ts';
import { stemOf } from '../pairing/classifyPaths.ts';
import { finite, isRecord, type Json, nameOf, ringOf, sideOf, unread } from './annotationText.ts';
import {
  type AnnotationFile,
  type Area,
  type Bitmap,
  classesOfShapes,
  count,
  isIgnoredClass,
  type Shape,
  UNNAMED,
} from './drawing.ts';
import { ellipse } from './ellipse.ts';
import { nameMatch } from './nameMatch.ts';

const MOST_MASK_PIXELS = 100e6;

/** Whether an object is what LabelMe writes: shapes on one image. */
export function isLabelMe(json: Json): boolean {
  return Array.isArray(json['shapes']) && ('imagePath' in json || 'imageHeight' in json);
}

/** Reads LabelMe's file of one image. Boxes, points and lines are no areas. @throws annotation-unread */
export async function labelMe(json: Json, path: string): Promise<AnnotationFile> {
  const [width, height] = [sideOf(json['imageWidth'], path), sideOf(json['imageHeight'], path)];
  const leftOut = new Map<string, number>();
  const shapes: Shape[] = [];
  for (const shape of json['shapes'] as readonly unknown[]) {
    if (!isRecord(shape)) throw unread(path, 'one of its shapes is none');
    const area = await areaOf(shape, path, leftOut);
    if (!area) continue;
    const className = nameOf(shape['label']) || UNNAMED;
    shapes.push({ className, ignored: isIgnoredClass(className), page: null, area });
  }
  const named = nameOf(json['imagePath']);
  const names = [...(named === '' ? [] : [named]), stemOf(path)];
  return {
    tool: 'LabelMe',
    classes: classesOfShapes(shapes),
    imageNames: [names],
    namesMustAgree: true,
    drawingOn: (image) =>
      names.some((name) => nameMatch(name, image.path) > 0)
        ? { size: width !== null && height !== null ? { width, height } : null, shapes, leftOut }
        : null,
  };
}

async function areaOf(shape: Json, path: string, leftOut: Map<string, number>): Promise<Area | null> {
  const kind = nameOf(shape['shape_type']) || 'polygon';
  if (kind === 'polygon') {
    const ring = ringOf(shape['points'], path);
    if (ring.length >= 6) return { rings: [ring] };
    count(leftOut, 'outline of fewer than three corners');
    return null;
  }
  if (kind === 'circle') {
    const [x = 0, y = 0, edgeX = 0, edgeY = 0] = ringOf(shape['points'], path);
    const radius = Math.hypot(edgeX - x, edgeY - y);
    return { rings: [ellipse(x, y, radius, radius)] };
  }
  if (kind === 'mask') return { bitmap: await maskOf(shape, path) };
  count(leftOut, kind === 'rectangle' ? 'box' : kind);
  return null;
}

/** A picture within a box, whose corners are whole pixels and both belong to it. */
async function maskOf(shape: Json, path: string): Promise<Bitmap> {
  const [left, top] = ringOf(shape['points'], path);
  const text = shape['mask'];
  if (typeof text !== 'string' || left === undefined || top === undefined)
    throw unread(path, 'a shape that is a mask has none');
  try {
    const image = sharp(Buffer.from(text, 'base64'), { limitInputPixels: MOST_MASK_PIXELS });
    const { data, info } = await image
      .toColourspace('b-w')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const bits = new Uint8Array(info.width * info.height);
    for (let pixel = 0; pixel < bits.length; pixel += 1)
      bits[pixel] = (data[pixel * info.channels] ?? 0) > 0 ? 1 : 0;
    return {
      left: Math.round(finite(left) ?? 0),
      top: Math.round(finite(top) ?? 0),
      width: info.width,
      height: info.height,
      bits,
    };
  } catch {
    throw unread(path, 'a shape that is a mask cannot be decoded');
  }
}
