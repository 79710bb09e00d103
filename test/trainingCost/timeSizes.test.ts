import { describe, expect, it } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';
import { timeSizes } from '../../src-main/trainingCost/timeSizes.ts';

const recipe = { ...DEFAULT_RECIPE, crop: 32, batch: 1 };
const networks = [1 / 2, 1].map((factor) => ({
  ...({ family: 'unet', width: 2, channels: 1, classes: 2 } as const),
  factor,
}));
const { signal } = new AbortController();

describe('timing the networks that are about to be trained', () => {
  it('gives milliseconds of each, in their order', async () => {
    const steps = await timeSizes(await openEngine('native'), networks, recipe, signal);
    expect(steps.map(({ factor }) => factor)).toEqual([1 / 2, 1]);
    for (const { milliseconds } of steps) expect(milliseconds).toBeGreaterThan(0);
  });

  it('leaves out a card that the processor plays', async () => {
    const engine = { ...(await openEngine('native')), software: true };
    expect(await timeSizes(engine, networks, recipe, signal)).toEqual([
      { factor: 1 / 2, milliseconds: null },
      { factor: 1, milliseconds: null },
    ]);
  });
});
