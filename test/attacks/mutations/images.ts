import sharp from 'sharp';
import { CcnetError } from '#common/errors.ts';
import { decodeImage } from '../../../src-main/dataset/decoding/decodeImage.ts';
import type { Raster } from '../../../src-main/dataset/decoding/raster.ts';
import { bmp } from '../../dataset/support/bmp.ts';
import { asRgb, gif, jpeg, photoPixels, png, png16, tiffLzw, webp } from '../../dataset/support/pictures.ts';
import { tiledTiff } from '../../dataset/support/tiledTiff.ts';
import { mutate, type Mutation, MUTATIONS, type Outcome, seeded } from './mutate.ts';

const WIDTH = 96;
/** Share of values that must differ for an image to count as another one: repaired noise does no harm. */
const DIFFERENT = 0.05;
/** As many at once as the doctor decodes: a decoder's warning must not be taken for another image's. */
const AT_ONCE = 4;

const photo = photoPixels(3, WIDTH, WIDTH);
const tiff = (compression: 'deflate' | 'packbits' | 'jpeg', tile: boolean): Promise<Buffer> =>
  sharp(photo, { raw: { width: WIDTH, height: WIDTH, channels: 1 } })
    .toColourspace('b-w')
    .tiff({ compression, tile, tileWidth: 32, tileHeight: 32 })
    .toBuffer();

/** A file of every kind that is read. */
const FILES: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
  PNG: () => png(photo, WIDTH),
  'PNG 16': () =>
    png16(
      Uint16Array.from(photo, (value) => value * 250),
      WIDTH,
    ),
  JPEG: () => jpeg(photo, WIDTH),
  'JPEG colour': () => jpeg(asRgb(photo), WIDTH, 3),
  'WebP lossless': () => webp(asRgb(photo), WIDTH, 3),
  'WebP lossy': () => webp(asRgb(photo), WIDTH, 3, false),
  GIF: () => gif(photo, WIDTH),
  BMP: () => bmp(WIDTH, WIDTH, { bits: 24 }, (x, y) => [x, y, 9]),
  'TIFF LZW': () => tiffLzw(photo, WIDTH),
  'TIFF tiles': () => tiledTiff(photo, WIDTH, 32),
  'TIFF tiles, deflate': () => tiledTiff(photo, WIDTH, 32, { deflate: true }),
  'TIFF strips, deflate': () => tiff('deflate', false),
  'TIFF tiles, PackBits': () => tiff('packbits', true),
  'TIFF tiles, JPEG': () => tiff('jpeg', true),
};

/**
 * Decodes mutated images of every format.
 * @param tries of each format
 */
export async function attackImages(
  tries: number,
  seed: number,
  mutations: readonly Mutation[] = MUTATIONS,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [what, make] of Object.entries(FILES)) {
    const bytes = await make();
    const good = await decodeImage(bytes, 0, what);
    const counts = { refused: 0, right: 0, wrong: 0 };
    for (let first = 0; first < tries; first += AT_ONCE) {
      const numbers = Array.from({ length: Math.min(AT_ONCE, tries - first) }, (_, i) => first + i);
      const found = await Promise.all(
        numbers.map(async (number) => {
          const mutation = mutations[number % mutations.length] ?? 'bytes';
          return judge(mutate(bytes, mutation, seeded(seed * 7919 + number)), good);
        }),
      );
      for (const one of found) counts[one] += 1;
    }
    outcomes.push({ what, tries, ...counts });
  }
  return outcomes;
}

async function judge(bytes: Buffer, good: Raster): Promise<'refused' | 'right' | 'wrong'> {
  try {
    return differs(await decodeImage(bytes, 0, 'mutated'), good) ? 'wrong' : 'right';
  } catch (error) {
    if (error instanceof CcnetError) return 'refused';
    throw error;
  }
}

function differs({ data, width, height }: Raster, good: Raster): boolean {
  if (width !== good.width || height !== good.height || data.length !== good.data.length) return true;
  let others = 0;
  for (const [index, value] of good.data.entries()) if (value !== data[index]) others += 1;
  return others > DIFFERENT * data.length;
}
