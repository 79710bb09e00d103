import { CcnetError } from '#common/errors.ts';
import type { DicomFile } from './dicomDataSet.ts';
import { TAG } from './dicomTags.ts';
import { numbersOf } from './dicomValues.ts';

const MOST_COLOURS = 65_536;

/** Colours by stored value as 0xRRGGBB. Source: DICOM PS3.3, C.7.6.3.1.5. @throws image-damaged */
export function dicomPalette(set: DicomFile, file: string): number[] {
  const channel = (about: number, table: number): { first: number; values: number[] } => {
    const [count = 0, first = 0, bits = 16] = numbersOf(set, about);
    const values = numbersOf(set, table);
    const colours = count === 0 ? MOST_COLOURS : count;
    const bytes = values.flatMap((value) => [value & 255, value >> 8]);
    // Eight bits are packed two to a word, or stand alone in one each.
    const plain = values.length >= colours ? values : bytes;
    if (plain.length < colours) {
      const reason = set.elements.has(table) ? 'its palette is not whole' : 'it has no palette that is read';
      throw new CcnetError('image-damaged', { file, reason });
    }
    const isWide = bits > 8 && plain.some((value) => value > 255);
    return { first, values: plain.slice(0, colours).map((value) => (isWide ? value >> 8 : value & 255)) };
  };
  const [red, green, blue] = [
    channel(TAG.redPalette, TAG.redColours),
    channel(TAG.greenPalette, TAG.greenColours),
    channel(TAG.bluePalette, TAG.blueColours),
  ];
  // Values below the first one have its colour.
  const before = Array.from({ length: Math.min(red.first, MOST_COLOURS) }, () => 0);
  const at = (values: readonly number[], index: number): number => values[index] ?? 0;
  const own = red.values.map(
    (value, index) => (value << 16) | (at(green.values, index) << 8) | at(blue.values, index),
  );
  return [...before.map(() => own[0] ?? 0), ...own];
}

/** Red, green and blue of every pixel; values beyond the last one have its colour. */
export function paletteColours(palette: readonly number[], values: ArrayLike<number>): Uint8Array {
  const data = new Uint8Array(values.length * 3);
  for (let pixel = 0; pixel < values.length; pixel += 1) {
    const colour = palette[Math.max(0, Math.min(palette.length - 1, values[pixel] ?? 0))] ?? 0;
    data[pixel * 3] = colour >> 16;
    data[pixel * 3 + 1] = (colour >> 8) & 255;
    data[pixel * 3 + 2] = colour & 255;
  }
  return data;
}
