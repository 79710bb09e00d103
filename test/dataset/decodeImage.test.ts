import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { decodeImage, readImageHeader } from '../../src-main/dataset/decoding/decodeImage.ts';
import { bmp } from './support/bmp.ts';
import { asRgb, gif, jpeg, photoPixels, png, png16, tiffLzw, webp } from './support/pictures.ts';
import { tiff } from './support/tiff.ts';

const WIDTH = 12;
const HEIGHT = 7;
const grey = photoPixels(1, WIDTH, HEIGHT);
const colour = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, index) => (index * 37) % 256);
const deep = Uint16Array.from(grey, (value, index) => value * 250 + index);
const real = Float32Array.from(grey, (value) => value * 13.7 - 900);

describe('lossless formats give back every value', () => {
  const cases: [string, () => Promise<Buffer> | Buffer, ArrayLike<number>, 1 | 3, 8 | 16 | 32][] = [
    ['PNG grey 8', () => png(grey, WIDTH), grey, 1, 8],
    ['PNG RGB 8', () => png(colour, WIDTH, 3), colour, 3, 8],
    ['PNG grey 16', () => png16(deep, WIDTH), deep, 1, 16],
    ['TIFF grey 8, LZW', () => tiffLzw(grey, WIDTH), grey, 1, 8],
    ['TIFF RGB 8, LZW', () => tiffLzw(colour, WIDTH, 3), colour, 3, 8],
    ['TIFF grey 16', () => tiff([{ width: WIDTH, height: HEIGHT, samples: 1, data: deep }]), deep, 1, 16],
    ['TIFF grey float', () => tiff([{ width: WIDTH, height: HEIGHT, samples: 1, data: real }]), real, 1, 32],
    ['WebP lossless RGB', () => webp(colour, WIDTH, 3), colour, 3, 8],
    [
      'GIF grey',
      () =>
        gif(
          grey.map((value) => (value > 110 ? 255 : 0)),
          WIDTH,
        ),
      grey.map((value) => (value > 110 ? 255 : 0)),
      1,
      8,
    ],
  ];
  it.each(cases)('%s', async (_name, make, values, channels, bitDepth) => {
    const raster = await decodeImage(await make(), 0, 'x');
    expect(raster).toMatchObject({ width: WIDTH, height: HEIGHT, channels, bitDepth });
    expect(Array.from(raster.data)).toEqual(Array.from(values));
  });

  it('32-bit float RGB, also beyond [0, 1]', async () => {
    const values = Float32Array.from(colour, (value) => value / 50 - 1);
    const raster = await decodeImage(
      tiff([{ width: WIDTH, height: HEIGHT, samples: 3, data: values }]),
      0,
      'x',
    );
    expect(raster.channels).toBe(3);
    expect(Array.from(raster.data)).toEqual(Array.from(values));
  });

  it('32-bit unsigned labels, held exactly as float', async () => {
    const labels = Uint32Array.from(grey, (value) => value * 70_000);
    const raster = await decodeImage(
      tiff([{ width: WIDTH, height: HEIGHT, samples: 1, data: labels }]),
      0,
      'x',
    );
    expect(Array.from(raster.data)).toEqual(Array.from(labels));
  });
});

describe('BMP', () => {
  const palette = Array.from({ length: 16 }, (_, index) => [index * 16, 255 - index * 16, index] as const);
  it.each([
    ['1 bit, bottom-up', 1, false],
    ['1 bit, top-down', 1, true],
    ['4 bits, bottom-up', 4, false],
    ['4 bits, top-down', 4, true],
    ['8 bits, bottom-up', 8, false],
    ['8 bits, top-down', 8, true],
  ] as const)('%s reads palette colours', async (_name, bits, topDown) => {
    const entries = palette.slice(0, bits === 1 ? 2 : 16);
    const index = (x: number, y: number): number => (x * 5 + y * 3) % entries.length;
    const raster = await decodeImage(
      bmp(WIDTH + 1, HEIGHT, { bits, topDown, palette: entries }, index),
      0,
      'x',
    );
    const expected = Array.from({ length: (WIDTH + 1) * HEIGHT }, (_, pixel) =>
      Array.from(entries[index(pixel % (WIDTH + 1), Math.floor(pixel / (WIDTH + 1)))] ?? []),
    ).flat();
    expect(Array.from(raster.data)).toEqual(expected);
  });

  it.each([
    ['24 bits, bottom-up', 24, false],
    ['24 bits, top-down', 24, true],
    ['32 bits, bottom-up', 32, false],
    ['32 bits, top-down', 32, true],
  ] as const)('%s reads red, green and blue', async (_name, bits, topDown) => {
    const at = (x: number, y: number): [number, number, number] => {
      const from = (y * WIDTH + x) * 3;
      return [colour[from] ?? 0, colour[from + 1] ?? 0, colour[from + 2] ?? 0];
    };
    const raster = await decodeImage(bmp(WIDTH, HEIGHT, { bits, topDown }, at), 0, 'x');
    expect(Array.from(raster.data)).toEqual(Array.from(colour));
  });

  it('says what to do about a compressed one', async () => {
    const packed = bmp(WIDTH, HEIGHT, { bits: 8, compression: 1, palette: [[0, 0, 0]] }, () => 0);
    await expect(decodeImage(packed, 0, 'packed.bmp')).rejects.toMatchObject({
      code: 'bmp-kind-unread',
      message: '"packed.bmp" is a BMP with 8 bits per pixel and compression 1, which is not read.',
    });
  });
});

describe('what is stored beside the values', () => {
  it('counts three equal channels as grey', async () => {
    const raster = await decodeImage(await png(asRgb(grey), WIDTH, 3), 0, 'x');
    expect(raster).toMatchObject({ channels: 1, greyStoredAsColour: true });
    expect(Array.from(raster.data)).toEqual(Array.from(grey));
  });

  it('splits transparency off, and forgets it where everything is opaque', async () => {
    const rgba = (alpha: (pixel: number) => number): Uint8Array =>
      Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_, index) =>
        index % 4 === 3 ? alpha(index >> 2) : index % 200,
      );
    const seeThrough = await decodeImage(
      await png(
        rgba((pixel) => pixel % 256),
        WIDTH,
        4,
      ),
      0,
      'x',
    );
    expect(seeThrough.channels).toBe(3);
    expect(seeThrough.alpha?.slice(0, 4)).toEqual(Uint8Array.from([0, 1, 2, 3]));
    const opaque = await decodeImage(
      await png(
        rgba(() => 255),
        WIDTH,
        4,
      ),
      0,
      'x',
    );
    expect(opaque.alpha).toBeNull();
  });

  it('reads the EXIF orientation without applying it', async () => {
    const turned = await sharp(await jpeg(grey, WIDTH))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await decodeImage(turned, 0, 'x')).toMatchObject({ orientation: 6, width: WIDTH, height: HEIGHT });
  });

  it('replaces NaN and infinity by the lowest value and says so', async () => {
    const broken = Float32Array.from([1, Number.NaN, 3, Number.POSITIVE_INFINITY]);
    const raster = await decodeImage(tiff([{ width: 2, height: 2, samples: 1, data: broken }]), 0, 'x');
    expect(raster.notFinite).toBe(true);
    expect(Array.from(raster.data)).toEqual([1, 1, 3, 1]);
  });

  it('counts the pages of a stack and decodes each', async () => {
    const pages = [0, 1, 2].map((page) => ({
      width: WIDTH,
      height: HEIGHT,
      samples: 1 as const,
      data: grey.map((value) => value + page),
    }));
    const stack = tiff(pages);
    expect((await readImageHeader(stack, 'x')).pages).toBe(3);
    expect(Array.from((await decodeImage(stack, 2, 'x')).data)).toEqual(
      Array.from(grey, (value) => value + 2),
    );
  });
});

describe('files that cannot be used are refused by name', () => {
  it.each([
    ['<!DOCTYPE html><html>', 'a web page'],
    ['\0\0\0\u0018ftypheic', 'a HEIC image'],
    ['\u001f\u008b\u0008', 'a packed file (gzip)'],
    ['P5 2 2 255 ', 'a PNM image'],
  ])("something else under an image's name is called what it is: %j", async (start, what) => {
    await expect(readImageHeader(Buffer.from(start, 'latin1'), 'a.png')).rejects.toThrow(
      `"a.png" is ${what}`,
    );
  });

  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const huge = bmp(2, 2, { bits: 24 }, () => [0, 0, 0]);
  huge.writeInt32LE(30_000, 18);
  huge.writeInt32LE(30_000, 22);
  it.each([
    ['an empty file', Buffer.alloc(0), 'image-empty', '"a.png" is empty (0 bytes).'],
    [
      'text',
      Buffer.from('hello'),
      'image-format-unknown',
      'no PNG, JPEG, WebP, TIFF, GIF, BMP, NIfTI or DICOM image',
    ],
    [
      'SVG, which could open other files',
      svg,
      'image-format-unknown',
      '"a.png" is a drawing (SVG), whatever its name says.',
    ],
    [
      '900 megapixels',
      huge,
      'image-too-large',
      '"a.png" has 30000 x 30000 pixels; up to 400 megapixels are read.',
    ],
  ])('%s', async (_name, bytes, code, message) => {
    await expect(decodeImage(bytes, 0, 'a.png')).rejects.toMatchObject({
      code,
      facts: { file: 'a.png' },
      message: expect.stringContaining(message) as string,
    });
  });
});
