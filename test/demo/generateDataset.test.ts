import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError } from '#common/errors.ts';
import { generateDataset, TISSUES, type Tissue } from '../../src-main/demo/generateDataset.ts';
import { pictureRandom } from '../../src-main/demo/syntheticImage.ts';

describe('generateDataset', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ccnet-demo-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes equal files for equal seeds and other files for another seed', async () => {
    const options = { tissue: 'vessels', images: 2, side: 64, seed: 5 } as const;
    await generateDataset(join(folder, 'a'), options);
    await generateDataset(join(folder, 'b'), options);
    await generateDataset(join(folder, 'c'), { ...options, seed: 6 });
    const read = (set: string): Promise<Buffer> => readFile(join(folder, set, 'images', 'vessels-002.png'));
    expect((await read('a')).equals(await read('b'))).toBe(true);
    expect((await read('a')).equals(await read('c'))).toBe(false);
    expect(await readdir(join(folder, 'a', 'masks'))).toEqual(['vessels-001.png', 'vessels-002.png']);
  });

  it('stops when it is cancelled', async () => {
    const options = { tissue: 'cells', images: 2, side: 64, seed: 1, signal: AbortSignal.abort() } as const;
    await expect(generateDataset(folder, options)).rejects.toThrow(CancelledError);
  });
});

describe.each(Object.keys(TISSUES) as Tissue[])('tissue %s', (tissue) => {
  it('has foreground and background, and intensities that differ between them', () => {
    const { pixels, mask, channels } = TISSUES[tissue](128, pictureRandom(3));
    const sums = [0, 0];
    const counts = [0, 0];
    mask.forEach((value, p) => {
      const side = value === 255 ? 1 : 0;
      counts[side] = (counts[side] ?? 0) + 1;
      sums[side] = (sums[side] ?? 0) + (pixels[p * channels] ?? 0);
    });
    const [background = 0, foreground = 0] = sums.map((sum, i) => sum / (counts[i] ?? 1));
    const share = (counts[1] ?? 0) / mask.length;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.8);
    expect(Math.abs(foreground - background)).toBeGreaterThan(1);
  });
});
