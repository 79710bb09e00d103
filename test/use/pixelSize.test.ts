import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pixelSize } from '../../src-main/use/pixelSize.ts';

/** A classic little-endian TIFF directory alone, with a description, a resolution in pixels a unit, and the unit. */
function tiff(description: string, resolution: [number, number], unit: number): Buffer {
  const text = Buffer.from(`${description}\0`);
  const bytes = Buffer.alloc(8 + 2 + 12 * 3 + 4 + 8 + text.length);
  bytes.write('II');
  bytes.writeUInt16LE(42, 2);
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(3, 8);
  const [rational, words] = [50, 58];
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(count, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  };
  entry(10, 270, 2, text.length, words);
  entry(22, 282, 5, 1, rational);
  entry(34, 296, 3, 1, unit);
  bytes.writeUInt32LE(resolution[0], rational);
  bytes.writeUInt32LE(resolution[1], rational + 4);
  text.copy(bytes, words);
  return bytes;
}

test.each([
  ['ImageJ with its unit', tiff('ImageJ=1.53\nunit=micron\n', [4, 1], 1), 0.25],
  ['ImageJ in nanometres', tiff('ImageJ=1.53\nunit=nm\n', [1, 5], 1), 0.005],
  ['ImageJ in inches', tiff('ImageJ=1.53\nunit=inch\n', [300, 1], 1), null],
  ['OME', tiff('<OME><Pixels PhysicalSizeX="0.65" PhysicalSizeXUnit="µm"/></OME>', [1, 1], 1), 0.65],
  ['OME in nanometres', tiff('<Pixels PhysicalSizeX="65" PhysicalSizeXUnit="nm"/>', [1, 1], 1), 0.065],
  ['a microscope resolution', tiff('', [40_000, 1], 3), 0.25],
  ['what somebody would print', tiff('', [28, 1], 3), null],
  ['dots an inch', tiff('', [300, 1], 2), null],
  ['no resolution at all', tiff('', [0, 1], 3), null],
  ['a file that ends in its directory', tiff('ImageJ=1\nunit=micron\n', [4, 1], 1).subarray(0, 20), null],
  ['no TIFF', Buffer.from('nothing of the kind, only words'), null],
])('the pixel size of %s', (_, bytes, expected) => {
  const size = pixelSize(bytes);
  if (expected === null) expect(size).toBeNull();
  else expect(size).toBeCloseTo(expected, 10);
});

test('the pixel size that a mask is written with is read back', async () => {
  const { encodeGrey } = await import('../../src-main/use/encodePage.ts');
  const bytes = await encodeGrey(new Uint8Array(64), { width: 8, height: 8 }, 'a_mask.tif', 0.325);
  expect(pixelSize(bytes)).toBeCloseTo(0.325, 4);
  expect((await sharp(bytes).metadata()).format).toBe('tiff');
});
