import { CcnetError } from '#common/errors.ts';
import { type DicomFile } from './dicomDataSet.ts';
import { TAG } from './dicomTags.ts';
import { numbersOf } from './dicomValues.ts';

/**
 * The packed bytes of one frame of compressed pixels: one fragment each, or as many as the table of offsets says.
 * @throws image-damaged
 */
export function packedFrame(file: DicomFile, frame: number, frames: number, name: string): Buffer {
  const { bytes, elements } = file;
  const damaged = (reason: string): CcnetError => new CcnetError('image-damaged', { file: name, reason });
  const all = elements.get(TAG.pixels)?.fragments;
  if (!all) throw damaged('it says its pixels are compressed, and they are not');
  const [table, ...fragments] = all;
  if (!table || fragments.length === 0) throw damaged('it has no pixels');
  const part = (from: number, to: number): Buffer =>
    Buffer.concat(
      fragments.slice(from, to).map(({ offset, length }) => bytes.subarray(offset, offset + length)),
    );
  if (frames === 1) return part(0, fragments.length);
  if (fragments.length === frames) return part(frame, frame + 1);
  const extended = numbersOf(file, TAG.frameOffsets);
  const count = extended.length > 0 ? extended.length : Math.floor(table.length / 4);
  if (count !== frames)
    throw damaged(`nothing tells which of its ${fragments.length} fragments are frame ${frame + 1}`);
  const offsetOf = (index: number): number =>
    extended.length > 0 ? (extended[index] ?? 0) : bytes.readUInt32LE(table.offset + 4 * index);
  // Offsets are counted from the first fragment's item.
  const base = (fragments[0]?.offset ?? 0) - 8;
  const first = fragments.findIndex(({ offset }) => offset - 8 - base === offsetOf(frame));
  const next =
    frame + 1 < frames
      ? fragments.findIndex(({ offset }) => offset - 8 - base === offsetOf(frame + 1))
      : fragments.length;
  if (first < 0 || next <= first) throw damaged(`frame ${frame + 1} lies where no fragment begins`);
  return part(first, next);
}
