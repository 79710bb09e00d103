import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { compress } from '../../src-main/jobs/training/compress.ts';
import { lookAtTestImages } from '../../src-main/jobs/training/lookAtTestImages.ts';
import { BASE, type Lab, RECIPE, SIDE, calibratedLab } from './calibratedLab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await calibratedLab();
});
afterEach(() => lab.project.close());

const { signal } = new AbortController();

/** Trains the size that is picked, though no size keeps all of the accuracy. */
async function trained(pick: number): Promise<number> {
  const request: RequestOf<'compress'> = {
    kind: 'compress',
    ...{ dataset: lab.dataset, ...BASE, alphas: [1 / 2, 1 / 4], workingSide: SIDE },
    ...{ limits: { retain: 1, safe: false }, pick, recipe: RECIPE, device: 'native', threads: null },
    ...{ seed: 1, formats: ['onnx'], verifyGoal: false, out: join(lab.folder, 'small') },
  };
  const { prediction, outcome } = await compress(request, lab.project).run(signal, () => undefined);
  expect(prediction.choice.kind).toBe('impossible');
  expect(outcome?.alpha).toBe(pick);
  return outcome?.network ?? NaN;
}

const look = (network: number, onProgress = () => undefined) =>
  lookAtTestImages({ kind: 'test-images', network }, lab.project).run(signal, onProgress);

describe('looking at every test image', () => {
  it('keeps what a network found on each, with the very accuracy that its test measured, and does it once', async () => {
    const network = await trained(1 / 4);
    const tested = lab.project.networks.byId(network)?.test.perImage ?? [];
    const images = lab.project.images.ofDataset(lab.dataset, 'test');
    expect(await look(network)).toEqual({ images: tested.length });
    const looked = lab.project.testImages.ofNetwork(network);
    const byName = new Map(looked.map((one) => [images.find(({ id }) => id === one.image)?.name, one]));
    expect(byName.size).toBe(tested.length);
    for (const { name, dice, iou } of tested) expect(byName.get(name)).toMatchObject({ dice, iou });
    for (const { image, objects } of looked) {
      const stored = images.find(({ id }) => id === image);
      const png = await sharp(lab.project.testImages.found(network, image))
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(png.info).toMatchObject({ width: stored?.width, height: stored?.height, channels: 1 });
      expect([...new Set(png.data)].every((value) => value === 0 || value === 255)).toBe(true);
      expect(objects.matched).toBeLessThanOrEqual(Math.min(objects.drawn, objects.found));
      expect(objects.drawn).toBeGreaterThan(0);
    }

    const onProgress = vi.fn();
    await look(network, onProgress);
    expect(onProgress).not.toHaveBeenCalled();
    lab.project.datasets.remove(lab.dataset);
    expect(lab.project.testImages.ofNetwork(network)).toEqual([]);
  });

  it('keeps what was done when it is cancelled', async () => {
    const network = await trained(1 / 4);
    const abort = new AbortController();
    const job = lookAtTestImages({ kind: 'test-images', network }, lab.project);
    const tested = lab.project.networks.byId(network)?.test.perImage.length ?? 0;
    const cancelled = job.run(abort.signal, ({ done }) => done === 1 && abort.abort());
    if (tested > 1) {
      await expect(cancelled).rejects.toThrow(/cancel/i);
      expect(lab.project.testImages.ofNetwork(network)).toHaveLength(1);
    } else await cancelled;
    await look(network);
    expect(lab.project.testImages.ofNetwork(network)).toHaveLength(tested);
  });
});
