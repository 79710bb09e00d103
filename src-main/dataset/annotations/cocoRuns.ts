import { type Json, unread } from './annotationText.ts';
import type { Runs } from './drawing.ts';

/**
 * Run lengths of COCO's mask format: down the columns of the whole image, in numbers or packed into text (maskApi.c, rleFrString: six bits a character from "0" on, the
 * sixth says that more follow; from the third run on differences to the one before the last).
 * @param size of the image, as its entry says @throws annotation-unread
 */
export function cocoRuns(
  { counts, size: written }: Json,
  size: { readonly width: number; readonly height: number } | null,
  path: string,
): Runs {
  const [height, width] = Array.isArray(written) ? (written as unknown[]) : [];
  if (!isSide(height) || !isSide(width)) throw unread(path, 'run lengths do not say the size of their image');
  if (size && (size.width !== width || size.height !== height)) {
    const reason = `run lengths are for an image of ${width} x ${height} pixels, and it says it has ${size.width} x ${size.height}`;
    throw unread(path, reason);
  }
  const lengths = typeof counts === 'string' ? unpacked(counts, path) : counts;
  if (!Array.isArray(lengths) || !lengths.every(isLength)) throw unread(path, 'run lengths are no numbers');
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total !== width * height)
    throw unread(path, `run lengths hold ${total} pixels, and the image ${width * height}`);
  return { left: 0, top: 0, width, height, lengths, byColumns: true };
}

const isSide = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 1e6;
const isLength = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;

function unpacked(text: string, path: string): number[] {
  const lengths: number[] = [];
  let at = 0;
  while (at < text.length) {
    let value = 0;
    let shift = 0;
    let more = true;
    while (more) {
      const bits = text.charCodeAt(at) - 48;
      if (!(bits >= 0 && bits < 64) || shift > 30) throw unread(path, 'packed run lengths are damaged');
      value += (bits & 0x1f) * 2 ** shift;
      more = (bits & 0x20) !== 0;
      at += 1;
      shift += 5;
      if (!more && (bits & 0x10) !== 0) value -= 2 ** shift;
    }
    if (lengths.length > 2) value += lengths.at(-2) ?? 0;
    lengths.push(value);
  }
  return lengths;
}
