import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CcnetError, failureOf } from '#common/errors.ts';
import type { Failure } from '#common/failures/failures.ts';
import { decodeImage } from '../../src-main/dataset/decoding/decodeImage.ts';
import { openBands } from '../../src-main/use/bandedImage.ts';
import { largeImage, slicesOf } from '../../src-main/use/largeImage.ts';
import { prepareRows } from '../../src-main/use/prepareRows.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const SIDE = 640;
const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => (at * 7919 + (at >> 5) * 31) & 255);
const picture = () => sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } });
const tiles = { tile: true, tileWidth: 128, tileHeight: 128 } as const;

const KINDS: readonly (readonly [string, () => Promise<Buffer>])[] = [
  ['uncompressed strips', () => picture().tiff({ compression: 'none' }).toBuffer()],
  ['LZW strips', () => picture().tiff({ compression: 'lzw' }).toBuffer()],
  [
    'Deflate tiles',
    () =>
      picture()
        .tiff({ compression: 'deflate', ...tiles })
        .toBuffer(),
  ],
  [
    'LZW tiles',
    () =>
      picture()
        .tiff({ compression: 'lzw', ...tiles })
        .toBuffer(),
  ],
  [
    'JPEG tiles',
    () =>
      picture()
        .tiff({ compression: 'jpeg', ...tiles })
        .toBuffer(),
  ],
  ['PNG', () => picture().png().toBuffer()],
  ['PNG with transparency', () => picture().ensureAlpha(0.5).png().toBuffer()],
  ['JPEG', () => picture().jpeg().toBuffer()],
];

/** What befalls a file: its end is gone, or zeros stand where pixels stood. */
const DAMAGES: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ...[0.3, 0.6, 0.95].map(
    (share) =>
      [`cut at ${share}`, (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * share))] as const,
  ),
  ...[0.35, 0.8].map(
    (share) =>
      [
        `zeros at ${share}`,
        (bytes: Buffer) => {
          const at = Math.floor(bytes.length * share);
          return Buffer.from(bytes).fill(0, at, at + 3000);
        },
      ] as const,
  ),
];

/** Null where all was read. */
async function failureBy(read: () => Promise<unknown>): Promise<Failure | null> {
  try {
    await read();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(CcnetError);
    return failureOf(error);
  }
}

describe.each(KINDS)('%s', (_kind, make) => {
  it.each(DAMAGES)('%s are refused in bands as they are whole', async (_damage, damage) => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    writeFileSync(path, damage(await make()));
    const whole = await failureBy(() => decodeImage(readFileSync(path), 0, 'a'));
    const banded = await failureBy(async () => {
      const image = await largeImage(path, 0, 'a');
      // What is not for bands is read whole.
      if (!image) return decodeImage(readFileSync(path), 0, 'a');
      const bands = await openBands(image, join(folder, 'copy'), () => undefined);
      const rows = await prepareRows(bands.image, image, 3, join(folder, 'rows'), () => undefined);
      await rows.close();
      return bands.close();
    });
    expect(banded).toEqual(whole);
  });
});

it('a file cut off is refused, so that the comparison above says something', async () => {
  for (const [, make] of KINDS) {
    const bytes = await make();
    const cut = bytes.subarray(0, Math.floor(bytes.length * 0.6));
    await expect(decodeImage(cut, 0, 'a')).rejects.toThrow(CcnetError);
  }
});

it('the levels of a pyramid are no pages of their own', async () => {
  const path = join(temporaryFolder(), 'pyramid.tif');
  await picture()
    .tiff({ ...tiles, pyramid: true })
    .toFile(path);
  expect((await sharp(path).metadata()).pages).toBeGreaterThan(1);
  const image = await largeImage(path, 0, 'pyramid.tif');
  expect(image && slicesOf(image)).toBe(1);
});
