import { describe, expect, it } from 'vitest';
import { predictFromCurves } from '../../src-main/prediction/predictFromCurves.ts';
import { mean } from '#common/statistics/mean.ts';
import { drawCurves, TRUTH, type Truth } from './syntheticCurves.ts';

const REFERENCE = 32;

interface Coverage {
  readonly dice: number;
  readonly retained: number;
  /** Of Dice alone, of the datasets that are easier than most, and of the others; and of those whose objects are thin, and of the others. */
  readonly easy: number;
  readonly hard: number;
  readonly thin: number;
  readonly plump: number;
  /** Mean width of the intervals of Dice, likewise. */
  readonly easyWidth: number;
  readonly hardWidth: number;
  readonly thinWidth: number;
  readonly plumpWidth: number;
}

/** Share of measured Dice and retained accuracy that fell into their 90 % intervals, over seeded repetitions. */
async function coverage(datasets: number, repetitions: number, changes: Partial<Truth>): Promise<Coverage> {
  const inside = {
    dice: [] as number[],
    retained: [] as number[],
    easy: [] as number[],
    hard: [] as number[],
    thin: [] as number[],
    plump: [] as number[],
  };
  const width = {
    ...{ easy: [] as number[], hard: [] as number[] },
    ...{ thin: [] as number[], plump: [] as number[] },
  };
  for (let seed = 0; seed < repetitions; seed++) {
    const truth = { ...TRUTH, datasets: datasets + 1, levelBySegmentability: 0.05, dropByThinness: 0.03 };
    const [unseen, ...known] = drawCurves({ ...truth, ...changes }, 100 + seed);
    if (!unseen) throw new Error('No curve was drawn.');
    const { points, retained } = await predictFromCurves({
      curves: known,
      runs: known.length,
      features: unseen.features,
      probes: [],
      width: REFERENCE,
      alphas: unseen.sizes.map((size) => size.width / REFERENCE),
      parametersOf: () => 1,
    });
    const full = unseen.sizes.at(-1)?.dice ?? NaN;
    const kinds = [
      (unseen.features.segmentability ?? 0) > 0.55 ? 'easy' : 'hard',
      (unseen.features.thinness ?? 0) > 2 ** -3 ? 'thin' : 'plump',
    ] as const;
    unseen.sizes.forEach((size, i) => {
      const { low = NaN, high = NaN } = points[i] ?? {};
      const hit = Number(low <= size.dice && size.dice <= high);
      inside.dice.push(hit);
      for (const kind of kinds) {
        inside[kind].push(hit);
        width[kind].push(high - low);
      }
      if (size.width === REFERENCE) return;
      const share = retained[i];
      const kept = size.dice / full;
      inside.retained.push(Number((share?.low ?? NaN) <= kept && kept <= (share?.high ?? NaN)));
    });
  }
  return {
    dice: mean(inside.dice),
    retained: mean(inside.retained),
    easy: mean(inside.easy),
    hard: mean(inside.hard),
    easyWidth: mean(width.easy),
    hardWidth: mean(width.hard),
    thin: mean(inside.thin),
    plump: mean(inside.plump),
    thinWidth: mean(width.thin),
    plumpWidth: mean(width.plump),
  };
}

describe('the 90 % interval', () => {
  it.each([
    [3, 60],
    [6, 40],
    [12, 25],
  ])('holds what it promises with %d calibrated datasets, and is not idle', async (datasets, repetitions) => {
    const { dice, retained } = await coverage(datasets, repetitions, {});
    for (const share of [dice, retained]) {
      expect(share).toBeGreaterThan(0.86);
      expect(share).toBeLessThanOrEqual(0.998);
    }
  });

  it('is narrow where high accuracy leaves little room, and holds there as elsewhere', async () => {
    const { easy, hard, easyWidth, hardWidth } = await coverage(30, 40, { levelBySegmentability: 0.13 });
    for (const share of [easy, hard]) {
      expect(share).toBeGreaterThan(0.82);
      expect(share).toBeLessThanOrEqual(0.998);
    }
    expect(easyWidth).toBeLessThan(0.75 * hardWidth);
  });

  it('is narrow where thin objects make datasets stray less, and holds there as elsewhere', async () => {
    const { thin, plump, thinWidth, plumpWidth } = await coverage(30, 40, {
      ...{ strayingByThinness: -0.4, levelBySegmentability: 0.1 },
    });
    for (const share of [thin, plump]) {
      expect(share).toBeGreaterThan(0.82);
      expect(share).toBeLessThanOrEqual(0.998);
    }
    expect(thinWidth).toBeLessThan(0.75 * plumpWidth);
  });
});
