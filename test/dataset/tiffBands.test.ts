import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp, { type TiffOptions } from 'sharp';
import { expect, it } from 'vitest';
import { decodeImage } from '../../src-main/dataset/decoding/decodeImage.ts';
import { onePageTiff } from '../../src-main/dataset/decoding/tiff/onePageTiff.ts';
import { eachTiffBand, tiffBands } from '../../src-main/dataset/decoding/tiff/tiffBands.ts';
import { TAG } from '../../src-main/dataset/decoding/tiff/tiffDirectories.ts';
import { tiffFile, tiffFileAt } from '../../src-main/dataset/decoding/tiff/tiffFile.ts';
import { tiffBlocks } from '../../src-main/dataset/decoding/tiff/tiffPage.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';
import { tiff } from './support/tiff.ts';

const [WIDTH, HEIGHT] = [150, 203];
const TILES = { tile: true, tileWidth: 64, tileHeight: 64 } as const;

/** 16-bit numbers as sharp packs them, called signed. */
async function recalled(channels: 1 | 3, packing: TiffOptions): Promise<Buffer> {
  const data = Uint16Array.from({ length: WIDTH * HEIGHT * channels }, (_, at) => (at * 7919) % 30_000);
  const bytes = await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } })
    .toColourspace(channels === 1 ? 'grey16' : 'rgb16')
    .tiff(packing)
    .toBuffer();
  const [page] = tiffFile(bytes, 'a.tif').pages;
  if (!page) throw new Error('sharp wrote no page.');
  const blocks = tiffBlocks(page).map(({ offset, bytes: size }) => bytes.subarray(offset, offset + size));
  const formats = Array.from({ length: channels }, () => SIGNED);
  return onePageTiff(page.directory, page.tiled, blocks, new Map([[TAG.sampleFormat, formats]]));
}

const SIGNED = 2;
const FLOAT = 3;

/** Half floats in strips of 50 rows. */
function halfFloats(): Buffer {
  const data = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, at) => (at * 7919) % 30_000);
  const [page] = tiffFile(tiff([{ width: WIDTH, height: HEIGHT, samples: 1, data }]), 'a.tif').pages;
  if (!page) throw new Error('The TIFF has no page.');
  const rowsPerStrip = 50;
  const strips = Array.from({ length: Math.ceil(HEIGHT / rowsPerStrip) }, (_, strip) => {
    const first = strip * rowsPerStrip * WIDTH;
    const rows = data.slice(first, first + rowsPerStrip * WIDTH);
    return deflateSync(Buffer.from(rows.buffer));
  });
  const changed = new Map([
    [TAG.compression, [8]],
    [TAG.rowsPerStrip, [rowsPerStrip]],
    [TAG.sampleFormat, [FLOAT]],
  ]);
  return onePageTiff(page.directory, false, strips, changed);
}

it.each([
  [
    'signed numbers in tiles',
    () => recalled(1, { ...TILES, compression: 'deflate', predictor: 'horizontal' }),
    4,
  ],
  ['signed colours in tiles', () => recalled(3, { ...TILES, compression: 'deflate', predictor: 'none' }), 4],
  ['half floats in strips', () => Promise.resolve(halfFloats()), 5],
  [
    'doubles that are not packed, in one strip',
    () => {
      const data = Float64Array.from({ length: 2200 * 1000 }, (_, at) =>
        at % 99_991 === 0 ? Number.NaN : at / 7,
      );
      return Promise.resolve(tiff([{ width: 2200, height: 1000, samples: 1, data }]));
    },
    2,
  ],
])('%s are the same band by band as whole', async (_, make, count) => {
  const bytes = await make();
  const path = join(temporaryFolder(), 'a.tif');
  writeFileSync(path, bytes);
  const whole = await decodeImage(bytes, 0, 'a.tif', PLAIN_READING);
  const bands = tiffBands(tiffFileAt(path, 'a.tif'), 0);
  if (!bands) throw new Error('It should be read in bands.');
  const { width, height, channels, depth } = bands;
  expect([width, height, channels, depth]).toEqual([
    whole.width,
    whole.height,
    whole.channels,
    whole.bitDepth,
  ]);
  expect(bands.bands).toHaveLength(count);
  let [at, differing] = [0, 0];
  await eachTiffBand(bands, path, 'a.tif', (values) => {
    for (const value of values) {
      if (Number.isFinite(value) && value !== whole.data[at]) differing += 1;
      at += 1;
    }
    return Promise.resolve();
  });
  expect(at).toBe(whole.data.length);
  expect(differing).toBe(0);
});

it('what libvips reads unchanged, and what is packed in one large part, is not read in bands of values', async () => {
  const path = join(temporaryFolder(), 'a.tif');
  writeFileSync(path, tiff([{ width: 30, height: 20, samples: 1, data: new Uint16Array(600) }]));
  expect(tiffBands(tiffFileAt(path, 'a.tif'), 0)).toBeNull();
  const zeros = new Uint16Array(8200 * 100);
  const bytes = await sharp(zeros, { raw: { width: 8200, height: 100, channels: 1 } })
    .toColourspace('grey16')
    .tiff({ compression: 'deflate', predictor: 'none', tile: true, tileWidth: 8192, tileHeight: 8192 })
    .toBuffer();
  const [page] = tiffFile(bytes, 'a.tif').pages;
  if (!page) throw new Error('sharp wrote no page.');
  const blocks = tiffBlocks(page).map(({ offset, bytes: size }) => bytes.subarray(offset, offset + size));
  writeFileSync(path, onePageTiff(page.directory, true, blocks, new Map([[TAG.sampleFormat, [SIGNED]]])));
  expect(tiffBands(tiffFileAt(path, 'a.tif'), 0)).toBeNull();
});
