import { CcnetError } from '#common/errors.ts';

/** A failure of an annotation file, in words. */
export function unread(file: string, reason: string): CcnetError<'annotation-unread'> {
  return new CcnetError('annotation-unread', { file, reason });
}

/** What JSON holds, before anything is known of it. */
export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A finite number, also one in digits within a text; null otherwise. */
export function finite(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A width or height; null where there is none. @throws annotation-unread for what no image has */
export function sideOf(value: unknown, file: string): number | null {
  if (value === undefined || value === null) return null;
  const side = finite(value);
  if (side === null || side < 0 || side > 1e6 || !Number.isInteger(side))
    throw unread(file, 'the size of an image is no number of pixels');
  return side === 0 ? null : side;
}

/** Corners as they are written: pairs of numbers, or numbers in turn. @throws annotation-unread */
export function ringOf(points: unknown, file: string): Float64Array {
  const flat = Array.isArray(points) ? points.flat(1) : [];
  const numbers = flat.map(finite);
  if (numbers.length % 2 !== 0 || numbers.some((one) => one === null))
    throw unread(file, 'a corner of an outline is no pair of numbers');
  return Float64Array.from(numbers as number[]);
}

/** A class's name as it is shown: text, whatever was written. */
export function nameOf(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return text.normalize('NFC').trim().slice(0, 200);
}
