import { unread } from './annotationText.ts';
import { type Area, count, type Ring, type Shape } from './drawing.ts';
import { ellipse } from './ellipse.ts';

const POLYGON = 0;
const RECTANGLE = 1;
const OVAL = 2;
const FREEHAND = 7;
const TRACED = 8;
const NAMES = [
  'polygon',
  'rectangle',
  'oval',
  'line',
  'line',
  'line',
  'nothing',
  'freehand',
  'traced',
  'angle',
  'point',
];
const SUB_PIXEL = 128;
/** Text, arrows and pictures are laid over images and select nothing. */
const DECORATIONS = [1, 2, 4];

/** Whether bytes are a selection as ImageJ saves it. */
export function isImageJRoi(bytes: Buffer): boolean {
  return bytes.length >= 64 && bytes.toString('latin1', 0, 4) === 'Iout';
}

/**
 * Reads one selection of ImageJ (RoiDecoder; all numbers big endian): polygons, freehand and traced outlines, rectangles, ovals and composite selections. Its group is its class.
 * Lines, angles and points are no areas.
 * @param leftOut told what is no area
 * @throws annotation-unread
 */
export function imageJRoi(bytes: Buffer, path: string, leftOut: Map<string, number>): Shape[] {
  if (!isImageJRoi(bytes)) throw unread(path, 'it is no selection of ImageJ');
  const type = bytes[6] ?? 0;
  if (DECORATIONS.includes(bytes.readInt16BE(48))) {
    count(leftOut, 'text or arrow');
    return [];
  }
  const area = areaOf(bytes, type, path);
  if (!area) {
    count(leftOut, NAMES[type] ?? 'selection');
    return [];
  }
  const { group, slice } = secondHeader(bytes);
  const position = bytes.readInt32BE(56);
  const page = slice > 0 ? slice - 1 : position > 0 ? position - 1 : null;
  return [{ className: group > 0 ? `group ${group}` : 'selection', ignored: false, page, area }];
}

function secondHeader(bytes: Buffer): { group: number; slice: number } {
  const at = bytes.readInt32BE(60);
  if (at < 64 || at + 32 > bytes.length) return { group: 0, slice: 0 };
  return { group: bytes[at + 30] ?? 0, slice: bytes.readInt32BE(at + 8) };
}

function areaOf(bytes: Buffer, type: number, path: string): Area | null {
  const version = bytes.readInt16BE(4);
  const isSubPixel = (bytes.readInt16BE(50) & SUB_PIXEL) !== 0;
  const [top, left, bottom, right] = [8, 10, 12, 14].map((at) => bytes.readInt16BE(at));
  const composite = bytes.readInt32BE(36);
  if (composite > 0) return { rings: compositeRings(bytes, composite, path) };
  if (type === RECTANGLE || type === OVAL) {
    const box =
      isSubPixel && version >= 223
        ? [18, 22, 26, 30].map((at) => bytes.readFloatBE(at))
        : [left ?? 0, top ?? 0, beyond(right, left), beyond(bottom, top)];
    const [x = 0, y = 0, width = 0, height = 0] = box;
    if (!box.every(Number.isFinite)) throw unread(path, 'a corner is no number');
    if (type === OVAL) return { rings: [ellipse(x + width / 2, y + height / 2, width / 2, height / 2)] };
    return { rings: [Float64Array.from([x, y, x + width, y, x + width, y + height, x, y + height])] };
  }
  if (type !== POLYGON && type !== FREEHAND && type !== TRACED) return null;
  return { rings: [corners(bytes, left ?? 0, top ?? 0, isSubPixel && version >= 222, path)] };
}

/** Sides of images of more than 32,767 pixels are written as negative numbers. */
function beyond(end: number | undefined, start: number | undefined): number {
  const length = (end ?? 0) - (start ?? 0);
  return length < 0 ? length + 65_536 : length;
}

function corners(bytes: Buffer, left: number, top: number, isSubPixel: boolean, path: string): Ring {
  const count = bytes.readUInt16BE(16) || bytes.readInt32BE(18);
  const end = 64 + count * 4 + (isSubPixel ? count * 8 : 0);
  if (count < 0 || end > bytes.length) throw unread(path, 'its corners are cut off');
  const ring = new Float64Array(count * 2);
  const floats = 64 + count * 4;
  for (let corner = 0; corner < count; corner += 1) {
    ring[2 * corner] = isSubPixel
      ? bytes.readFloatBE(floats + corner * 4)
      : left + bytes.readUInt16BE(64 + corner * 2);
    ring[2 * corner + 1] = isSubPixel
      ? bytes.readFloatBE(floats + (count + corner) * 4)
      : top + bytes.readUInt16BE(64 + (count + corner) * 2);
  }
  if (!ring.every(Number.isFinite)) throw unread(path, 'a corner is no number');
  return ring;
}

const STEPS = 16;

/** Paths of a composite selection: moves, lines, and curves, which become short lines. */
function compositeRings(bytes: Buffer, length: number, path: string): Ring[] {
  if (64 + length * 4 > bytes.length) throw unread(path, 'its corners are cut off');
  const numbers = Array.from({ length }, (_, index) => bytes.readFloatBE(64 + index * 4));
  if (!numbers.every(Number.isFinite)) throw unread(path, 'a corner is no number');
  const rings: number[][] = [];
  let at = 0;
  while (at < numbers.length) {
    const kind = numbers[at] ?? 4;
    const points = [2, 2, 4, 6, 0][kind];
    if (points === undefined) throw unread(path, 'a part of its outline is of a kind that there is not');
    const own = numbers.slice(at + 1, at + 1 + points);
    if (own.length < points) throw unread(path, 'its corners are cut off');
    at += 1 + points;
    if (kind === 0) rings.push(own);
    else if (kind === 1) rings.at(-1)?.push(...own);
    else if (kind < 4) curve(rings.at(-1), own);
  }
  return rings.map((ring) => Float64Array.from(ring));
}

/** A Bézier curve of two or three further points. */
function curve(ring: number[] | undefined, points: readonly number[]): void {
  if (!ring) return;
  const all = [ring.at(-2) ?? 0, ring.at(-1) ?? 0, ...points];
  for (let step = 1; step <= STEPS; step += 1) {
    let between = all;
    while (between.length > 2) {
      const share = step / STEPS;
      between = between.slice(2).map((value, index) => (between[index] ?? 0) * (1 - share) + value * share);
    }
    ring.push(...between);
  }
}
