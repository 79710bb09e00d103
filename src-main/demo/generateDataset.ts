import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sharp } from '../dataset/decoding/imageDecoder.ts';
import { CcnetError, throwIfCancelled } from '#common/errors.ts';
import { writeFileSafely } from '../files/writeFileSafely.ts';
import { cells } from './cells.ts';
import { glands } from './glands.ts';
import { membranes } from './membranes.ts';
import { pictureRandom, type Random, type SyntheticImage } from './syntheticImage.ts';
import { vessels } from './vessels.ts';

/** The synthetic tissues, from plain to intricate. */
export const TISSUES = {
  cells: (side: number, random: Random) => cells(side, random),
  'crowded-cells': (side: number, random: Random) => cells(side, random, { count: 60, radius: 5, noise: 22 }),
  membranes,
  vessels,
  glands,
} satisfies Record<string, (side: number, random: Random) => SyntheticImage>;

export type Tissue = keyof typeof TISSUES;

export interface GenerateOptions {
  readonly tissue: Tissue;
  readonly images: number;
  /** Side of the square images in pixels. */
  readonly side: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/**
 * Writes `images/` and `masks/` PNG pairs with exact ground truth into `folder`; equal options give equal pixels. What an interrupted
 * start left is kept.
 * @throws folder-not-empty where a file of that name holds something else
 */
export async function generateDataset(folder: string, options: GenerateOptions): Promise<void> {
  const { tissue, images, side, seed, signal } = options;
  for (let i = 0; i < images; i++) {
    throwIfCancelled(signal, `Generating ${tissue}`);
    const picture = TISSUES[tissue](side, pictureRandom(seed * 7919 + i));
    const name = `${tissue}-${String(i + 1).padStart(3, '0')}.png`;
    const raw = { width: side, height: side };
    const image = sharp(picture.pixels, { raw: { ...raw, channels: picture.channels } });
    const mask = sharp(picture.mask, { raw: { ...raw, channels: 1 } }).toColourspace('b-w');
    await writeOnce(join(folder, 'images', name), await image.png().toBuffer(), folder);
    await writeOnce(join(folder, 'masks', name), await mask.png().toBuffer(), folder);
  }
}

async function writeOnce(file: string, bytes: Buffer, folder: string): Promise<void> {
  const there = await readFile(file).catch(() => null);
  if (there === null) await writeFileSafely(file, bytes);
  else if (!there.equals(bytes)) throw new CcnetError('folder-not-empty', { path: folder });
}
