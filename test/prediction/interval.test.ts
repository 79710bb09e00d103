import { describe, expect, it } from 'vitest';
import { predictFromPoints } from '../../src-main/prediction/predictFromPoints.ts';
import { drawCalibration, parametersOf, TRUTH } from './syntheticCalibration.ts';

/** Share of measured Dice and retained accuracy that fell into their 90 % intervals, over seeded repetitions. */
function coverage(datasets: number, repetitions: number): { dice: number; retained: number } {
  const hits = { dice: 0, retained: 0 };
  let [count, ratios] = [0, 0];
  for (let seed = 0; seed < repetitions; seed++) {
    const points = drawCalibration({ ...TRUTH, datasets: datasets + 1, dropByBlobDensity: 0.03 }, 100 + seed);
    const unseen = points.slice(-TRUTH.log2Alphas.length);
    const known = points.slice(0, -TRUTH.log2Alphas.length);
    const { points: predicted, retained } = predictFromPoints({
      points: known,
      runs: known.length,
      features: unseen[0]?.features ?? {},
      probes: [],
      alphas: unseen.map((point) => 2 ** point.log2Alpha),
      parametersOf,
    });
    unseen.forEach(({ dice }, i) => {
      const { low = NaN, high = NaN } = predicted[i] ?? {};
      hits.dice += Number(low <= dice && dice <= high);
      count++;
      if (i === 0) return;
      const share = dice / (unseen[0]?.dice ?? NaN);
      hits.retained += Number((retained[i]?.low ?? NaN) <= share && share <= (retained[i]?.high ?? NaN));
      ratios++;
    });
  }
  return { dice: hits.dice / count, retained: hits.retained / ratios };
}

describe('the 90 % interval', () => {
  it.each([
    [3, 80],
    [6, 50],
    [10, 30],
  ])('holds what it promises with %d calibrated datasets, and is not idle', (datasets, repetitions) => {
    const { dice, retained } = coverage(datasets, repetitions);
    for (const share of [dice, retained]) {
      expect(share).toBeGreaterThan(0.86);
      expect(share).toBeLessThanOrEqual(0.995);
    }
  });
});
