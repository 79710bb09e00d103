import { describe, expect, it } from 'vitest';
import { accuracyData } from '../../src-renderer/plots/accuracyData.ts';
import type { AccuracySources } from '../../src-renderer/plots/accuracySeries.ts';
import { accuracyScales } from '../../src-renderer/plots/accuracyScales.ts';
import { fakeCandidates } from './fake/fakeLibrary.ts';

const point = (alpha: number, dice: number) => ({ alpha, parameters: 1e6 * alpha ** 2, dice, seeds: 1 });
const SOURCES: AccuracySources = {
  candidates: fakeCandidates(false),
  curves: [
    { fingerprint: 'a', dataset: 'Nuclei', points: [point(1 / 4, 0.72), point(1, 0.8)] },
    { fingerprint: 'b', dataset: 'Vessels', points: [point(1 / 4, 0.5), point(1 / 2, 0.6)] },
  ],
  own: [point(1 / 4, 0.63), point(1, 0.7)],
};
const SIZE = { width: 700, height: 400, margins: { top: 10, right: 20, bottom: 50, left: 50 } };

describe('accuracy as a share of the full one', () => {
  const data = accuracyData('share', SOURCES);

  it('has the predicted share of every size with its interval, smallest network first', () => {
    expect(data.predicted.map(({ alpha }) => alpha)).toEqual([1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]);
    for (const { alpha, value, low, high } of data.predicted) {
      const candidate = SOURCES.candidates.find((one) => one.alpha === alpha);
      expect([value, low, high]).toEqual([
        candidate?.retained,
        candidate?.retainedLow,
        candidate?.retainedHigh,
      ]);
    }
    expect(data.predicted.at(-1)).toMatchObject({ value: 1, low: 1, high: 1 });
  });

  it('divides every measured curve by its own full network', () => {
    expect(data.others).toHaveLength(1);
    expect(data.others[0]?.points.map(({ value }) => value)).toEqual([0.72 / 0.8, 1]);
    expect(data.others[0]?.points[0]?.lines).toEqual([
      'Nuclei',
      'Kept 90.0 % of the full accuracy',
      'Dice 0.720 of 0.800',
      'Factor 1/4',
    ]);
    expect(data.own[0]?.value).toBeCloseTo(0.9, 12);
  });

  it('says how many datasets are left out because their full network was not trained', () => {
    expect(data.note).toContain('1 of 2 calibrated datasets is left out');
    const complete = accuracyData('share', { ...SOURCES, curves: SOURCES.curves.slice(0, 1) });
    expect(complete.note).not.toContain('left out');
  });

  it('says that what was measured here is missing without a full network', () => {
    const partial = accuracyData('share', { ...SOURCES, own: SOURCES.own.slice(0, 1) });
    expect(partial.own).toEqual([]);
    expect(partial.note).toContain('What was measured here is not shown');
    expect(data.note).not.toContain('not shown');
  });

  it('takes the interval of a prediction stored without its upper end to reach as far up as down', () => {
    const candidates = SOURCES.candidates.map((one) => ({ ...one, retainedHigh: undefined }));
    const older = accuracyData('share', { ...SOURCES, candidates });
    older.predicted.forEach(({ high }, i) => expect(high).toBeCloseTo(data.predicted[i]?.high ?? NaN, 12));
  });

  it('is told as a table with the same numbers', () => {
    expect(data.table.columns).toEqual([
      'Factor',
      'Parameters',
      'Share kept',
      'From',
      'To',
      'Predicted Dice',
    ]);
    expect(data.table.rows.at(-1)).toEqual(['1', '1.94 million', '100.0 %', '100.0 %', '100.0 %', '0.884']);
    expect(data.table.rows).toHaveLength(6);
  });
});

describe('accuracy as Dice', () => {
  const data = accuracyData('dice', SOURCES);

  it('has the predicted Dice of every size, no higher than 1, and every measured curve as it is', () => {
    const candidates = SOURCES.candidates.map((one) => ({ ...one, high: 1.2 }));
    const wide = accuracyData('dice', { ...SOURCES, candidates });
    expect(wide.predicted.map(({ high }) => high)).toEqual(candidates.map(() => 1));
    expect(data.others.map(({ points }) => points.map(({ value }) => value))).toEqual([
      [0.72, 0.8],
      [0.5, 0.6],
    ]);
    expect(data.own.map(({ value }) => value)).toEqual([0.63, 0.7]);
  });
});

describe('the scales of the plot', () => {
  it.each(['share', 'dice'] as const)('hold everything that is drawn as %s', (unit) => {
    const data = accuracyData(unit, SOURCES);
    const { x, y } = accuracyScales(data, SIZE);
    const [least = NaN, most = NaN] = y.domain();
    for (const { value, parameters } of data.others.flatMap(({ points }) => points)) {
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
      expect(x(parameters)).toBeGreaterThan(50);
      expect(x(parameters)).toBeLessThan(680);
    }
    for (const { low, high } of data.predicted) {
      expect(low).toBeGreaterThanOrEqual(least);
      expect(high).toBeLessThanOrEqual(most);
    }
  });

  it('reach above the full accuracy where a smaller network did better, but not without end', () => {
    const curve = (dice: number) => ({
      ...SOURCES,
      candidates: [],
      curves: [{ fingerprint: 'a', dataset: 'Nuclei', points: [point(1 / 4, dice), point(1, 0.5)] }],
    });
    const top = (dice: number): number | undefined =>
      accuracyScales(accuracyData('share', curve(dice)), SIZE).y.domain()[1];
    expect(top(0.5)).toBe(1);
    expect(top(0.53)).toBe(1.1);
    expect(top(0.9)).toBe(1.3);
  });
});
