/**
 * What tiny files that hold enormous images cost: `node bench/bombs.ts`. Each is the largest that is still read, and one beyond; the doctor
 * looks at eight of them with eight masks in a process of its own, whose time and peak memory are printed.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, createDeflate, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { measuredCli } from './command/measuredCli.ts';

const PAIRS = 8;
/** Of a pair together: dataset/decoding/limits. */
const LARGEST = 900e6;

/** A lossless WebP of one colour, of the size that is written into its head. */
async function webp(width: number, height: number): Promise<Buffer> {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#999' } })
    .webp({ lossless: true })
    .toBuffer();
  bytes.writeUInt32LE(((width - 1) | ((height - 1) << 14) | (1 << 28)) >>> 0, bytes.indexOf('VP8L') + 9);
  return bytes;
}

/** A GIF with one pixel on an enormous canvas. */
async function gif(width: number, height: number): Promise<Buffer> {
  const bytes = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#999' } })
    .gif()
    .toBuffer();
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

/** Black at four channels of 16 bits. */
async function png(width: number, height: number): Promise<Buffer> {
  const chunk = (type: string, data: Buffer): Buffer => {
    const whole = Buffer.alloc(12 + data.length);
    whole.writeUInt32BE(data.length, 0);
    whole.write(type, 4, 'latin1');
    whole.set(data, 8);
    whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
    return whole;
  };
  const deflate = createDeflate();
  const packed: Buffer[] = [];
  deflate.on('data', (part: Buffer) => packed.push(part));
  const row = Buffer.alloc(1 + width * 8);
  for (let y = 0; y < height; y++) {
    if (!deflate.write(row)) await new Promise((drained) => deflate.once('drain', drained));
  }
  await new Promise((ended) => deflate.end(() => ended(null)));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([16, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', Buffer.concat(packed)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Float zeros in tiles that are all the same bytes of the file. */
function tiff(width: number, height: number): Buffer {
  const side = 512;
  const tile = deflateSync(Buffer.alloc(side * side * 4));
  const tiles = Math.ceil(width / side) * Math.ceil(height / side);
  const tags: [number, number, number, number][] = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 1, 32],
    [259, 3, 1, 8],
    [262, 3, 1, 1],
    [277, 3, 1, 1],
    [322, 4, 1, side],
    [323, 4, 1, side],
    [324, 4, tiles, 0],
    [325, 4, tiles, 0],
    [339, 3, 1, 3],
  ];
  const lists = 8 + 2 + tags.length * 12 + 4;
  const head = Buffer.alloc(lists + tiles * 8);
  head.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  head.writeUInt16LE(tags.length, 8);
  tags.forEach(([tag, type, count, value], index) => {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(tag === 324 ? lists : tag === 325 ? lists + tiles * 4 : value, at + 8);
  });
  for (let index = 0; index < tiles; index++) {
    head.writeUInt32LE(head.length, lists + index * 4);
    head.writeUInt32LE(tile.length, lists + (tiles + index) * 4);
  }
  return Buffer.concat([head, tile]);
}

/** @param bytes that image, mask and marks take a pixel */
const side = (bytes: number): number => Math.floor(Math.sqrt(LARGEST / bytes));
const [twice, deep, float] = [side(8 + 8 + 1), side(8 + 8 + 1), side(4 + 4 + 1)];
const BOMBS: [string, string, () => Promise<Buffer> | Buffer][] = [
  ['WebP, 16,383 x 16,383', 'webp', () => webp(16_383, 16_383)],
  ['WebP, the largest', 'webp', () => webp(twice, twice)],
  ['GIF, 65,535 x 65,535', 'gif', () => gif(65_535, 65_535)],
  ['GIF, the largest', 'gif', () => gif(twice, twice)],
  ['PNG RGBA 16, 15,000 x 15,000', 'png', () => png(15_000, 15_000)],
  ['PNG RGBA 16, the largest', 'png', () => png(deep, deep)],
  ['TIFF float, 20,000 x 20,000', 'tif', () => tiff(20_000, 20_000)],
  ['TIFF float, the largest', 'tif', () => tiff(float, float)],
];

const folder = mkdtempSync(join(tmpdir(), 'ccnet-bombs-'));
try {
  for (const [name, ending, make] of BOMBS) {
    const bytes = await make();
    for (const kind of ['images', 'masks']) {
      mkdirSync(join(folder, ending, kind), { recursive: true });
      for (let pair = 0; pair < PAIRS; pair++) {
        writeFileSync(join(folder, ending, kind, `${pair}.${ending}`), bytes);
      }
    }
    const { seconds, peak, output } = measuredCli(['dataset', 'check', join(folder, ending)]);
    const size = statSync(join(folder, ending, 'images', `0.${ending}`)).size;
    const became = /can be used/.test(output) ? 'refused' : 'read';
    console.log(`${name.padEnd(30)} ${size} bytes: ${became}, ${seconds.toFixed(1)} s, peak ${peak} MB`);
    if (process.argv.includes('--words')) console.log(output.slice(0, 600));
    rmSync(join(folder, ending), { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true });
}
