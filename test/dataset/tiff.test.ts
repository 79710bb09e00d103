import { describe, expect, it } from 'vitest';
import { decodeImage, decodeMask, readImageHeader } from '../../src-main/dataset/decoding/decodeImage.ts';
import { type RawPage, tiffOf } from './support/tiffOf.ts';

const WIDTH = 5;
const HEIGHT = 4;
const PIXELS = WIDTH * HEIGHT;

type Order = 'little' | 'big';
type Write = (view: DataView, at: number, value: number, little: boolean) => void;

/** Numbers as bytes in either order. */
function bytesOf(values: readonly number[], size: number, write: Write, order: Order): Buffer {
  const bytes = Buffer.alloc(values.length * size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  values.forEach((value, index) => write(view, index * size, value, order === 'little'));
  return bytes;
}

const page = (bits: number, strips: readonly Buffer[], more: Partial<RawPage> = {}): RawPage => ({
  width: WIDTH,
  height: HEIGHT,
  bits,
  strips,
  ...more,
});

const ramp = Array.from({ length: PIXELS }, (_, index) => index);
const signs = ramp.map((value) => (value % 2 === 0 ? value : -value));
/** Half floats of 0, 0.5, 1, ..., by their bits (IEEE 754 binary16): 0.5 is 0x3800, 1 is 0x3c00, 1.5 is 0x3e00, 2 is 0x4000. */
const halves = [0x0000, 0x3800, 0x3c00, 0x3e00, 0x4000, 0xbc00, 0x0001, 0x7bff];
const halfValues = [0, 0.5, 1, 1.5, 2, -1, 2 ** -24, 65_504];

const KINDS: [string, number, 1 | 2 | 3, number, Write, readonly number[]][] = [
  ['signed 8 bits', 8, 2, 1, (view, at, value) => view.setInt8(at, value), signs],
  [
    'signed 16 bits',
    16,
    2,
    2,
    (view, at, value, little) => view.setInt16(at, value, little),
    signs.map((value) => value * 1000),
  ],
  [
    'signed 32 bits',
    32,
    2,
    4,
    (view, at, value, little) => view.setInt32(at, value, little),
    signs.map((value) => value * 100_000),
  ],
  [
    'unsigned 64 bits',
    64,
    1,
    8,
    (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
    ramp,
  ],
  [
    'signed 64 bits',
    64,
    2,
    8,
    (view, at, value, little) => view.setBigInt64(at, BigInt(value), little),
    signs,
  ],
  [
    '64-bit floats',
    64,
    3,
    8,
    (view, at, value, little) => view.setFloat64(at, value, little),
    ramp.map((value) => value / 8 - 1),
  ],
];

describe('numbers of every kind are read as they are stored', () => {
  const cases = KINDS.flatMap((kind) =>
    (['little', 'big'] as const).flatMap((order) =>
      [1, 8, 50000].map((compression) => [kind[0], order, compression, kind] as const),
    ),
  );
  it.each(cases)('%s, %s-endian, compression %i', async (_name, order, compression, kind) => {
    const [, bits, format, size, write, values] = kind;
    const file = tiffOf([page(bits, [bytesOf(values, size, write, order)], { format, compression })], order);
    for (const raster of [await decodeImage(file, 0, 'x'), (await decodeMask(file, 0, 'x')).raster]) {
      expect(Array.from(raster.data)).toEqual(values);
    }
  });

  it('half floats', async () => {
    const bits = ramp.map((index) => halves[index % 8] ?? 0);
    const write: Write = (view, at, value, little) => view.setUint16(at, value, little);
    const file = tiffOf([page(16, [bytesOf(bits, 2, write, 'little')], { format: 3 })]);
    expect(Array.from((await decodeImage(file, 0, 'x')).data)).toEqual(
      ramp.map((index) => halfValues[index % 8]),
    );
  });

  it.each([10, 12, 14])('%i bits, packed, in either order of bits', async (bits) => {
    const values = ramp.map((value) => (value * 211) % 2 ** bits);
    const packedRow = (row: readonly number[]): Buffer => {
      const digits = row.map((value) => value.toString(2).padStart(bits, '0')).join('');
      const whole = digits.padEnd(Math.ceil(digits.length / 8) * 8, '0');
      return Buffer.from(whole.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
    };
    const rows = Array.from({ length: HEIGHT }, (_, row) =>
      packedRow(values.slice(row * WIDTH, (row + 1) * WIDTH)),
    );
    const strip = Buffer.concat(rows);
    const mirrored = Buffer.from(
      strip.map((byte) => Number.parseInt([...byte.toString(2).padStart(8, '0')].reverse().join(''), 2)),
    );
    const files = [1, 8, 50000].map((compression) => tiffOf([page(bits, [strip], { compression })]));
    files.push(tiffOf([page(bits, [mirrored], { tags: { 266: [2] } })]));
    for (const file of files) {
      const { data, bitDepth } = await decodeImage(file, 0, 'x');
      expect(bitDepth).toBe(16);
      expect(Array.from(data)).toEqual(values);
    }
  });

  it('a tag of differences that its compression does not know says nothing', async () => {
    const write: Write = (view, at, value, little) => view.setFloat64(at, value, little);
    const file = tiffOf([page(64, [bytesOf(ramp, 8, write, 'little')], { format: 3, tags: { 317: [2] } })]);
    expect(Array.from((await decodeImage(file, 0, 'x')).data)).toEqual(ramp);
  });

  it('differences of 64-bit numbers (predictor 2), within rows', async () => {
    const differences = ramp.map((value, index) => (index % WIDTH === 0 ? value : 1));
    const write: Write = (view, at, value, little) => view.setBigUint64(at, BigInt(value), little);
    const file = tiffOf([
      page(64, [bytesOf(differences, 8, write, 'little')], { compression: 8, tags: { 317: [2] } }),
    ]);
    expect(Array.from((await decodeImage(file, 0, 'x')).data)).toEqual(ramp);
  });

  it('the channel that is wanted, of samples beyond a colour, side by side or in planes', async () => {
    const of = (channel: number): number[] => ramp.map((value) => value + 40 * channel);
    const chunky = tiffOf([
      page(
        8,
        [Buffer.from(ramp.flatMap((_, index) => [0, 1, 2, 3, 4].map((channel) => of(channel)[index] ?? 0)))],
        { samples: 5 },
      ),
    ]);
    const planar = tiffOf([
      page(
        8,
        [0, 1, 2, 3, 4].map((channel) => Buffer.from(of(channel))),
        { samples: 5, planar: true },
      ),
    ]);
    for (const file of [chunky, planar]) {
      expect(await readImageHeader(file, 'x')).toMatchObject({ pages: 1, channels: 5 });
      for (const channel of [0, 4]) {
        expect(Array.from((await decodeImage(file, 0, 'x', { channel })).data)).toEqual(of(channel));
      }
    }
    await expect(decodeImage(chunky, 0, 'x', { channel: 5 })).rejects.toMatchObject({
      code: 'no-such-channel',
    });
  });
});

describe('a mask holds what is stored, whatever its colours', () => {
  const bit = (row: readonly number[]): number =>
    row.reduce((byte, value, index) => byte | (value << (7 - index)), 0);
  const rows = [
    [0, 1, 1, 0, 0],
    [0, 1, 1, 0, 1],
    [0, 0, 0, 0, 0],
    [1, 0, 0, 0, 1],
  ];
  const stored = rows.flat();

  it.each([
    ['0 is black', 1],
    ['0 is white', 0],
  ])('one bit, %s', async (_name, photometric) => {
    const { raster, minIsWhite } = await decodeMask(
      tiffOf([page(1, [Buffer.from(rows.map(bit))], { photometric })]),
      0,
      'x',
    );
    expect(Array.from(raster.data, (value) => (value > 0 ? 1 : 0))).toEqual(stored);
    expect(minIsWhite).toBe(photometric === 0);
  });

  it('an image in which 0 is white is shown as it is meant', async () => {
    const file = tiffOf([page(8, [Buffer.from(ramp)], { photometric: 0 })]);
    expect(Array.from((await decodeImage(file, 0, 'x')).data)).toEqual(ramp.map((value) => 255 - value));
    expect(Array.from((await decodeMask(file, 0, 'x')).raster.data)).toEqual(ramp);
  });

  it('an index into a palette, with its colour', async () => {
    const colours = [0xffffff, 0xff0000];
    const map = [16, 8, 0].flatMap((shift) =>
      Array.from({ length: 256 }, (_, index) => (((colours[index] ?? 0) >> shift) & 255) * 257),
    );
    const file = tiffOf([page(8, [Buffer.from(stored)], { photometric: 3, tags: { 320: map } })]);
    const { raster, palette } = await decodeMask(file, 0, 'x');
    expect(Array.from(raster.data)).toEqual(stored);
    expect(palette?.slice(0, 2)).toEqual(colours);
  });
});

describe('pages are what the file says they are', () => {
  const filled = (value: number, width = 64, more: Partial<RawPage> = {}): RawPage => ({
    width,
    height: width,
    bits: 8,
    strips: [Buffer.alloc(width * width, value)],
    ...more,
  });
  const valueOf = async (file: Buffer, slice: number, channel = 0): Promise<number | undefined> =>
    (await decodeImage(file, slice, 'x', { channel })).data[0];

  it.each([
    ['that say so (NewSubfileType)', { 254: [1] }],
    ['that say so in the old way (SubfileType)', { 255: [2] }],
    ['that do not say so, and halve', {}],
  ])('levels of a pyramid %s are no pages', async (_name, tags) => {
    const file = tiffOf([filled(9, 64), filled(8, 32, { tags }), filled(7, 16, { tags })]);
    expect(await readImageHeader(file, 'x')).toMatchObject({ pages: 1 });
    expect(await valueOf(file, 0)).toBe(9);
  });

  it('levels from the smallest on, and further pages of a scanner, are no pages', async () => {
    const upwards = tiffOf([filled(7, 16), filled(8, 32), filled(9, 64)]);
    expect(await readImageHeader(upwards, 'x')).toMatchObject({ pages: 1 });
    expect(await valueOf(upwards, 0)).toBe(9);
    const scan = tiffOf([
      filled(9, 64, { description: 'Aperio Image Library' }),
      filled(8, 16),
      filled(7, 32),
    ]);
    expect(await readImageHeader(scan, 'x')).toMatchObject({ pages: 1 });
  });

  it('pages of other sizes are no levels when they do not shrink step by step', async () => {
    expect(await readImageHeader(tiffOf([filled(1, 64), filled(2, 32), filled(3, 48)]), 'x')).toMatchObject({
      pages: 3,
    });
    expect(await readImageHeader(tiffOf([filled(1, 64), filled(2, 64)]), 'x')).toMatchObject({ pages: 2 });
  });

  const eight = (description: string): Buffer =>
    tiffOf(
      Array.from({ length: 8 }, (_, index) => filled(index + 1, 16, index === 0 ? { description } : {})),
    );

  it('slices and channels of an ImageJ hyperstack', async () => {
    const file = eight('ImageJ=1.54f\nimages=8\nchannels=2\nslices=4\nhyperstack=true\n');
    expect(await readImageHeader(file, 'x')).toMatchObject({ pages: 4, channels: 2 });
    expect(await Promise.all([0, 1, 2, 3].map((slice) => valueOf(file, slice)))).toEqual([1, 3, 5, 7]);
    expect(await Promise.all([0, 1, 2, 3].map((slice) => valueOf(file, slice, 1)))).toEqual([2, 4, 6, 8]);
  });

  it('slices and frames of an ImageJ hyperstack, depth before time', async () => {
    const file = eight('ImageJ=1.54f\nimages=8\nchannels=2\nslices=2\nframes=2\n');
    expect(await Promise.all([0, 1, 2, 3].map((slice) => valueOf(file, slice)))).toEqual([1, 3, 5, 7]);
  });

  it('one plane of a stack in depth, or the brightest of all, at each moment', async () => {
    const file = eight('ImageJ=1.54f\nimages=8\nchannels=2\nslices=2\nframes=2\n');
    const read = async (page: number, planes: 'max' | number, channel = 0) =>
      (await decodeImage(file, page, 'x', { channel, planes })).data[0];
    expect(await readImageHeader(file, 'x', { channel: 0, planes: 'max' })).toMatchObject({
      pages: 2,
      channels: 2,
    });
    expect([await read(0, 'max'), await read(1, 'max'), await read(1, 'max', 1)]).toEqual([3, 7, 8]);
    expect([await read(0, 1), await read(1, 0)]).toEqual([3, 5]);
    expect((await decodeMask(file, 1, 'x', { channel: 0, planes: 'max' })).raster.data[0]).toBe(7);
    await expect(read(0, 2)).rejects.toMatchObject({
      code: 'no-such-plane',
      facts: { plane: 3, planes: 2 },
    });
  });

  describe('an image that is spread over several files', () => {
    const held = (first: string, page: number, holder: string, uuid: string): string =>
      `<TiffData ${first} IFD="${page}" PlaneCount="1"><UUID FileName="${holder}">${uuid}</UUID></TiffData>`;
    const four = (description: string): Buffer =>
      tiffOf(
        Array.from({ length: 4 }, (_, index) => filled(index + 1, 16, index === 0 ? { description } : {})),
      );
    const slices = [0, 1, 2, 3];

    it('is read as far as this file goes where that is one channel, and says so', async () => {
      const parts = [0, 1]
        .flatMap((channel) =>
          slices.map((slice) =>
            held(`FirstC="${channel}" FirstZ="${slice}"`, 3 - slice, `${channel}.tif`, `urn:${channel}`),
          ),
        )
        .join('');
      const file = four(ome('XYZCT', parts, 'UUID="urn:1"'));
      const header = await readImageHeader(file, 'renamed.tif');
      expect(header).toMatchObject({ pages: 4, channels: 1, otherFiles: 1 });
      expect(await Promise.all(slices.map((slice) => valueOf(file, slice)))).toEqual([4, 3, 2, 1]);
    });

    it('has the axes of the position whose planes are in this file, of several that are described', async () => {
      const zs = slices.map((slice) => held(`FirstZ="${slice}"`, slice, 'Pos0.tif', 'urn:0')).join('');
      const ts = slices.map((slice) => held(`FirstT="${slice}"`, 3 - slice, 'Pos1.tif', 'urn:1')).join('');
      const oneChannel = (xml: string): string => xml.replace('SizeC="2"', 'SizeC="1"');
      const other = oneChannel(ome('XYCZT', ts))
        .replace(/^.*?<Image/s, '<Image')
        .replace('SizeZ="4" SizeT="1"', 'SizeZ="1" SizeT="4"');
      const file = four(oneChannel(ome('XYZCT', zs, 'UUID="urn:1"')).replace('</OME>', other));
      const header = await readImageHeader(file, 'images/Pos1.tif');
      expect(header).toMatchObject({ pages: 4, channels: 1 });
      expect(header.otherImages ?? 0).toBe(0);
      expect(await Promise.all(slices.map((slice) => valueOf(file, slice)))).toEqual([4, 3, 2, 1]);
    });

    it('is refused where planes here are no grid of their own', async () => {
      const parts = [
        held('FirstZ="0"', 0, 'a.tif', 'u'),
        held('FirstZ="1" FirstC="1"', 1, 'a.tif', 'u'),
        held('FirstZ="2"', 2, 'a.tif', 'u'),
        held('FirstZ="3"', 0, 'b.tif', 'v'),
      ].join('');
      await expect(readImageHeader(four(ome('XYZCT', parts)), 'x/a.tif')).rejects.toMatchObject({
        code: 'image-in-several-files',
        facts: { other: 'b.tif' },
      });
    });

    it('is refused where another file describes it, unless it is a single page', async () => {
      const only = '<OME UUID="u"><BinaryOnly MetadataFile="x.companion.ome" UUID="v"/></OME>';
      await expect(readImageHeader(four(only), 'a.tif')).rejects.toMatchObject({
        code: 'image-in-several-files',
        facts: { other: 'x.companion.ome' },
      });
      const single = tiffOf([filled(1, 16, { description: only })]);
      expect(await readImageHeader(single, 'a.tif')).toMatchObject({ pages: 1 });
    });
  });

  it('planes that are told and not there make no slices of channels', async () => {
    for (const description of [
      'ImageJ=1.54f\nimages=12\nchannels=2\nslices=6\n',
      '{"shape": [6, 2, 16, 16], "axes": "ZCYX"}',
      ome('XYCZT').replace('SizeZ="4"', 'SizeZ="6"'),
    ]) {
      await expect(readImageHeader(eight(description), 'x')).rejects.toMatchObject({
        code: 'stack-unclear',
        facts: { channels: 2, planes: 12, pages: 8 },
      });
    }
    const one = tiffOf([filled(1, 16, { description: 'ImageJ=1.54f\nchannels=2\nslices=6\n' })]);
    expect(await readImageHeader(one, 'x')).toMatchObject({ pages: 1, channels: 1 });
  });

  it('axes that tifffile was told', async () => {
    const file = eight('{"shape": [4, 2, 16, 16], "axes": "ZCYX"}');
    expect(await readImageHeader(file, 'x')).toMatchObject({ pages: 4, channels: 2 });
    expect(await Promise.all([0, 1, 2, 3].map((slice) => valueOf(file, slice, 1)))).toEqual([2, 4, 6, 8]);
    const planes = eight('{"shape": [2, 4, 16, 16], "axes": "ZTYX"}');
    expect(await readImageHeader(planes, 'x')).toMatchObject({
      pages: 8,
      stack: { depth: 2, times: 4, inPageOrder: false },
    });
    expect(await readImageHeader(eight('{"shape": [4, 2, 16, 16]}'), 'x')).toMatchObject({ pages: 8 });
  });

  it('only the first image of an OME-TIFF with several is read, whose planes are its own', async () => {
    const second = ome('XYCZT', '<TiffData IFD="0" PlaneCount="8"/>').replace(/^.*?<Image/s, '<Image');
    const both = ome('XYCZT', '<TiffData IFD="8" PlaneCount="8"/>').replace('</OME>', second);
    const file = tiffOf(
      Array.from({ length: 16 }, (_, index) =>
        filled(index + 1, 16, index === 0 ? { description: both } : {}),
      ),
    );
    expect(await readImageHeader(file, 'x')).toMatchObject({ pages: 4, otherImages: 1 });
    expect(await valueOf(file, 1)).toBe(11);
  });

  it('a large ImageJ stack with one directory', async () => {
    const strip = Buffer.concat([1, 2, 3].map((value) => Buffer.alloc(256, value)));
    const first = filled(0, 16, { description: 'ImageJ=1.54f\nimages=3\nslices=3\n', strips: [strip] });
    const file = tiffOf([first]);
    // ImageJ's directory tells the bytes of the first image alone.
    const at = file.indexOf(Buffer.from([0x17, 0x01, 4, 0, 1, 0, 0, 0]));
    file.writeUInt32LE(256, at + 8);
    expect(await readImageHeader(file, 'x')).toMatchObject({ pages: 3 });
    expect(await Promise.all([0, 1, 2].map((slice) => valueOf(file, slice)))).toEqual([1, 2, 3]);
  });

  const ome = (order: string, tiffData = '<TiffData/>', root = ''): string =>
    `<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" ${root}><Image ID="Image:0"><Pixels ID="Pixels:0" ` +
    `DimensionOrder="${order}" SizeX="16" SizeY="16" SizeC="2" SizeZ="4" SizeT="1" Type="uint8">` +
    `<Channel ID="Channel:0:0" Name="DAPI"/><Channel ID="Channel:0:1" Name="GFP"/>${tiffData}</Pixels></Image></OME>`;

  it.each([
    ['XYCZT', [1, 3, 5, 7]],
    ['XYZCT', [1, 2, 3, 4]],
  ])('slices of an OME-TIFF, order %s', async (order, first) => {
    const file = eight(ome(order));
    expect(await readImageHeader(file, 'x')).toMatchObject({
      pages: 4,
      channels: 2,
      channelNames: ['DAPI', 'GFP'],
    });
    expect(await Promise.all([0, 1, 2, 3].map((slice) => valueOf(file, slice)))).toEqual(first);
  });

  it('planes of an OME-TIFF where TiffData says they lie', async () => {
    const data = Array.from({ length: 8 }, (_, plane) => {
      return `<TiffData FirstC="${plane % 2}" FirstZ="${Math.floor(plane / 2)}" FirstT="0" IFD="${7 - plane}" PlaneCount="1"/>`;
    }).join('');
    const file = eight(ome('XYCZT', data));
    expect(await Promise.all([0, 1, 2, 3].map((slice) => valueOf(file, slice)))).toEqual([8, 6, 4, 2]);
  });
});

describe('what is not read is called what it is', () => {
  const file = (more: Partial<RawPage>): Buffer => tiffOf([page(8, [Buffer.alloc(PIXELS)], more)]);

  it.each([
    ['LERC', 34887],
    ['JPEG 2000 of colour differences', 33003],
    ['LZMA', 34925],
    ['JPEG XL', 50002],
    ['no. 65000', 65000],
  ])('compression %s', async (name, compression) => {
    await expect(decodeImage(file({ compression }), 0, 'a.tif')).rejects.toMatchObject({
      code: 'image-compression-unread',
      message: `"a.tif" is sound, but its compression (${name}) is not read.`,
    });
  });

  it.each([3, 24])('%i-bit values', async (bits) => {
    const bytes = tiffOf([page(bits, [Buffer.alloc(PIXELS * 4)])]);
    await expect(decodeImage(bytes, 0, 'a.tif')).rejects.toMatchObject({
      code: 'image-values-unread',
      facts: { values: `${bits}-bit unsigned` },
    });
  });

  it('JPEG of 12 bits, and planes of tiles in JPEG', async () => {
    const deep = tiffOf([page(12, [Buffer.alloc(PIXELS)], { compression: 7 })]);
    await expect(decodeImage(deep, 0, 'a.tif')).rejects.toMatchObject({
      facts: { compression: 'JPEG of 12 bits' },
    });
    const planes = tiffOf([
      page(8, [Buffer.alloc(PIXELS), Buffer.alloc(PIXELS), Buffer.alloc(PIXELS)], {
        compression: 7,
        samples: 3,
        photometric: 2,
        planar: true,
        tags: { 322: [16], 323: [16], 324: [8, 8, 8], 325: [4, 4, 4] },
      }),
    ]);
    await expect(decodeImage(planes, 0, 'a.tif')).rejects.toMatchObject({
      facts: { compression: 'JPEG, each colour in tiles of its own' },
    });
  });

  it('several slices in one page', async () => {
    const volume = tiffOf([page(8, [Buffer.alloc(PIXELS * 3)], { tags: { 32997: [3] } })]);
    await expect(decodeImage(volume, 0, 'a.tif')).rejects.toMatchObject({
      code: 'image-volume-in-page',
      facts: { slices: 3 },
    });
  });

  it('what Git LFS has not downloaded', async () => {
    const pointer = Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n');
    await expect(decodeMask(pointer, 0, 'a.png')).rejects.toMatchObject({ code: 'image-not-downloaded' });
  });

  it('strips beyond the end are counted', async () => {
    const whole = file({});
    await expect(decodeImage(whole.subarray(0, 12), 0, 'a.tif')).rejects.toMatchObject({
      code: 'image-damaged',
    });
    const at = whole.indexOf(Buffer.from([0x11, 0x01, 4, 0, 1, 0, 0, 0]));
    whole.writeUInt32LE(whole.length - 3, at + 8);
    await expect(decodeImage(whole, 0, 'a.tif')).rejects.toMatchObject({
      facts: { reason: '1 of its 1 strips lie beyond its end' },
    });
  });

  it('a directory that points at itself', async () => {
    const whole = file({});
    const directory = whole.readUInt32LE(4);
    const entries = whole.readUInt16LE(directory);
    whole.writeUInt32LE(directory, directory + 2 + entries * 12);
    await expect(decodeImage(whole, 0, 'a.tif')).rejects.toMatchObject({
      facts: { reason: 'its pages turn in a circle' },
    });
  });

  it('the reason is this file’s own, whatever else is decoded at the same time', async () => {
    const files: [string, Buffer, string][] = Array.from({ length: 24 }, (_, index) => {
      const [name, compression] = (
        [
          ['LERC', 34887],
          ['JPEG XR', 34934],
          ['LZMA', 34925],
        ] as const
      )[index % 3] ?? ['LERC', 34887];
      return [`${index}.tif`, file({ compression }), name];
    });
    const reasons = await Promise.all(
      files.map(([name, bytes]) => decodeImage(bytes, 0, name).catch((error: unknown) => String(error))),
    );
    files.forEach(([name, , compression], index) => {
      expect(reasons[index]).toContain(`"${name}" is sound, but its compression (${compression})`);
    });
  });
});
