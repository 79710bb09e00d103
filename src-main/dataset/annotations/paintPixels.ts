import type { Bitmap, Runs } from './drawing.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Marks the pixels of a bitmap that lie within an image. @returns how many, and the pixels that were looked at */
export function paintBitmap(
  bitmap: Bitmap,
  marks: Uint16Array,
  { width, height }: Size,
  value: number,
): { marked: number; work: number } {
  const { left, top, bits } = bitmap;
  const [fromX, toX] = [Math.max(0, -left), Math.min(bitmap.width, width - left)];
  const [fromY, toY] = [Math.max(0, -top), Math.min(bitmap.height, height - top)];
  let marked = 0;
  for (let y = fromY; y < toY; y += 1) {
    for (let x = fromX; x < toX; x += 1) {
      if (bits[y * bitmap.width + x] !== 1) continue;
      marks[(y + top) * width + x + left] = value;
      marked += 1;
    }
  }
  return { marked, work: Math.max(0, toX - fromX) * Math.max(0, toY - fromY) };
}

/** Marks every other run. @param most work that is allowed: what would take more is left @returns as `paintBitmap` */
export function paintRuns(
  { left, top, width: across, height: down, lengths, byColumns }: Runs,
  marks: Uint16Array,
  { width, height }: Size,
  value: number,
  most: number,
): { marked: number; work: number } {
  let marked = 0;
  let work = lengths.length;
  let at = 0;
  for (let run = 0; run < lengths.length; run += 1) {
    const length = lengths[run] ?? 0;
    if (run % 2 === 1) {
      work += length;
      if (work > most) return { marked, work };
      for (let pixel = at; pixel < at + length; pixel += 1) {
        const x = left + (byColumns ? Math.floor(pixel / down) : pixel % across);
        const y = top + (byColumns ? pixel % down : Math.floor(pixel / across));
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        marks[y * width + x] = value;
        marked += 1;
      }
    }
    at += length;
  }
  return { marked, work };
}
