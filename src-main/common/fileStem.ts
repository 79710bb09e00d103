/** Bytes of UTF-8 that a name may take within the 255 that file systems allow: the rest is for what is put behind it. */
const BYTES = 120;

const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * The name of a dataset as the beginning of a file's name, on every system: letters, digits, dots and dashes, of bounded length.
 * Different datasets may share one.
 */
export function fileStem(name: string): string {
  const plain = name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-');
  let stem = '';
  let bytes = 0;
  for (const letter of plain) {
    bytes += new TextEncoder().encode(letter).length;
    if (bytes > BYTES) break;
    stem += letter;
  }
  const bare = stem.replace(/^[.-]+|[.-]+$/g, '') || 'dataset';
  return DEVICES.test(bare) ? `dataset-${bare}` : bare;
}
