import { describe, expect, it } from 'vitest';
import { predictFromCurves } from '../../src-main/prediction/predictFromCurves.ts';
import { drawCurves, TRUTH } from './syntheticCurves.ts';

const REFERENCE = 32;

/** Share of measured Dice and retained accuracy that fell into their 90 % intervals, over seeded repetitions. */
async function coverage(datasets: number, repetitions: number): Promise<{ dice: number; retained: number }> {
  const hits = { dice: 0, retained: 0 };
  let [count, ratios] = [0, 0];
  for (let seed = 0; seed < repetitions; seed++) {
    const truth = { ...TRUTH, datasets: datasets + 1, levelBySegmentability: 0.05, dropByThinness: 0.03 };
    const [unseen, ...known] = drawCurves(truth, 100 + seed);
    if (!unseen) throw new Error('No curve was drawn.');
    const { points, retained } = await predictFromCurves({
      curves: known,
      runs: known.length,
      features: unseen.features,
      probes: [],
      width: REFERENCE,
      alphas: unseen.sizes.map(({ width }) => width / REFERENCE),
      parametersOf: () => 1,
    });
    const full = unseen.sizes.at(-1)?.dice ?? NaN;
    unseen.sizes.forEach(({ width, dice }, i) => {
      const { low = NaN, high = NaN } = points[i] ?? {};
      hits.dice += Number(low <= dice && dice <= high);
      count++;
      if (width === REFERENCE) return;
      const share = retained[i];
      hits.retained += Number((share?.low ?? NaN) <= dice / full && dice / full <= (share?.high ?? NaN));
      ratios++;
    });
  }
  return { dice: hits.dice / count, retained: hits.retained / ratios };
}

describe('the 90 % interval', () => {
  it.each([
    [3, 60],
    [6, 40],
    [12, 25],
  ])('holds what it promises with %d calibrated datasets, and is not idle', async (datasets, repetitions) => {
    const { dice, retained } = await coverage(datasets, repetitions);
    for (const share of [dice, retained]) {
      expect(share).toBeGreaterThan(0.86);
      expect(share).toBeLessThanOrEqual(0.998);
    }
  });
});
