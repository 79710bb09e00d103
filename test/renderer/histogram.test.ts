import { describe, expect, it } from 'vitest';
import { binCount, extent, histogram, outlierFences, quantile } from '../../src-renderer/plots/histogram.ts';
import { nearestMark } from '../../src-renderer/plots/mark.ts';

describe('histograms', () => {
  it('count every value once, the largest in the last bin', () => {
    const values = [0, 0.1, 0.5, 0.99, 1];
    const bins = histogram(values, 2);
    expect(bins.map((bin) => bin.count)).toEqual([2, 3]);
    expect(bins[0]).toMatchObject({ low: 0, high: 0.5 });
  });

  it('have a single bin when all values are equal, and none without values', () => {
    expect(histogram([3, 3, 3], 10)).toEqual([{ low: 3, high: 3, count: 3 }]);
    expect(histogram([], 10)).toEqual([]);
    expect(extent([])).toBeUndefined();
  });

  it.each([
    [3, 5],
    [30, 6],
    [400, 20],
    [5000, 30],
  ])('have bars that suit the number of images: %d in %d', (images, bars) => {
    expect(binCount(images)).toBe(bars);
  });

  it('count a value in the bar between whose edges it lies, also where a division rounds over one', () => {
    const values = Array.from({ length: 50 }, (_, i) => 0.1 * i);
    const bars = histogram(values, 7);
    for (const [i, { low, high, count }] of bars.entries()) {
      const inside = values.filter((value) => value >= low && (value < high || (i === 6 && value === high)));
      expect(inside).toHaveLength(count);
    }
  });

  it('share a given range, so that two datasets can be compared', () => {
    expect(histogram([1], 4, [0, 4]).map((bin) => bin.count)).toEqual([0, 1, 0, 0]);
  });
});

describe('outliers', () => {
  it('lie beyond one and a half interquartile ranges', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(quantile(values, 0.25)).toBe(3);
    expect(outlierFences(values)).toEqual({ low: -3, high: 13 });
  });

  it('are not looked for in few or nearly constant values', () => {
    expect(outlierFences([1, 2, 3])).toBeNull();
    expect(outlierFences([1, 1, 1, 1, 1, 1, 1, 1, 9])).toBeNull();
  });
});

describe('the mark under the pointer', () => {
  it('is the nearest within reach', () => {
    const marks = [
      { x: 0, y: 0, lines: [] },
      { x: 10, y: 0, lines: [] },
    ];
    expect(nearestMark(marks, { x: 6, y: 1 }, 20)).toBe(1);
    expect(nearestMark(marks, { x: 60, y: 0 }, 20)).toBeNull();
  });
});
