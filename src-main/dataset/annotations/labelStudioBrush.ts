import { unread } from './annotationText.ts';
import type { Bitmap } from './drawing.ts';

const MOST_PIXELS = 100e6;

/**
 * A brush of Label Studio: red, green, blue and opacity of every pixel of the image, packed bit by bit (@thi.ng/rle-pack): the number of values in 32 bits, the length of a
 * value in 5, four lengths of run counts in 4 each; then runs, each with a bit that says whether one value is repeated, 2 bits that choose the length of its count, the
 * count, and the value or values. What has any opacity is marked.
 * @throws annotation-unread
 */
export function labelStudioBrush(
  packed: readonly unknown[],
  width: number,
  height: number,
  path: string,
): Bitmap {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width * height > MOST_PIXELS)
    throw unread(path, 'a brush is for an image of impossible size');
  const bytes = Uint8Array.from(packed, (value) => (typeof value === 'number' ? value : 0));
  const bits = new Bits(bytes);
  const count = bits.take(32);
  if (count !== width * height * 4)
    throw unread(path, `a brush holds ${count / 4} pixels, and its image ${width * height}`);
  const valueBits = bits.take(5) + 1;
  const lengths = [0, 1, 2, 3].map(() => bits.take(4) + 1);
  const marks = new Uint8Array(width * height);
  let at = 0;
  const put = (value: number): void => {
    if (at % 4 === 3 && value > 0) marks[at >> 2] = 1;
    at += 1;
  };
  while (at < count) {
    if (bits.isOver) throw unread(path, 'a brush is cut off');
    const repeats = bits.take(1) === 1;
    const end = Math.min(count, at + 1 + bits.take(lengths[bits.take(2)] ?? 1));
    if (!repeats) while (at < end) put(bits.take(valueBits));
    else for (const value = bits.take(valueBits); at < end;) put(value);
  }
  return { left: 0, top: 0, width, height, bits: marks };
}

class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isOver(): boolean {
    return this.#at >= this.#bytes.length * 8;
  }

  /** Zeros beyond the end: the last byte is filled up. */
  take(count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit += 1) {
      const byte = this.#bytes[this.#at >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
      this.#at += 1;
    }
    return value;
  }
}
