import { describe, expect, it } from 'vitest';
import { EVERYTHING, problemKinds, queryImages } from '../../src-renderer/state/dataset/imageQuery.ts';
import { binCount, histogram, outlierFences } from '../../src-renderer/plots/histogram.ts';
import { fakeImages } from './fake/fakeImages.ts';

const IMAGES = fakeImages(1, 400, true);

describe('what the grid shows', () => {
  it('is everything, in natural order of names', () => {
    const [first] = IMAGES;
    if (!first) throw new Error('no image');
    const names = ['cell-10', 'cell-9', 'Cell-1'].map((name, i) => ({ ...first, name, id: i + 1 }));
    expect(queryImages(names, EVERYTHING).map((image) => image.name)).toEqual([
      'Cell-1',
      'cell-9',
      'cell-10',
    ]);
  });

  it('is narrowed by name, split and problem together', () => {
    const found = queryImages(IMAGES, { ...EVERYTHING, split: 'train', problem: 'any', text: 'SECTION' });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((image) => image.split === 'train' && image.problems.length > 0)).toBe(true);
  });

  it('is narrowed to a bar of a histogram', () => {
    const range = { measure: 'jpeg' as const, kind: 'bar' as const, low: 0.17, high: 0.19, closed: false };
    const found = queryImages(IMAGES, { ...EVERYTHING, range });
    expect(found.length).toBeLessThan(IMAGES.length);
    expect(
      found.every(({ complexity }) => complexity && complexity.jpeg >= 0.17 && complexity.jpeg < 0.19),
    ).toBe(true);
  });

  it('counts the same images as the bars and the outliers of the histogram', () => {
    const values = IMAGES.map(({ complexity }) => complexity?.jpeg ?? 0);
    const bars = histogram(values, binCount(values.length));
    const shown = bars.map(({ low, high }, i) => {
      const range = { measure: 'jpeg', kind: 'bar', low, high, closed: i === bars.length - 1 } as const;
      return queryImages(IMAGES, { ...EVERYTHING, range }).length;
    });
    expect(shown).toEqual(bars.map(({ count }) => count));
    const fences = outlierFences(values);
    if (!fences) throw new Error('no fences');
    const range = { measure: 'jpeg', kind: 'outside', ...fences } as const;
    const outliers = values.filter((value) => value < fences.low || value > fences.high).length;
    expect(outliers).toBeGreaterThan(0);
    expect(queryImages(IMAGES, { ...EVERYTHING, range })).toHaveLength(outliers);
  });

  it.each([false, true])(
    'has unmeasured images last when sorted by a measure (descending: %s)',
    (descending) => {
      const mixed = [...fakeImages(3, 2, false), ...IMAGES.slice(0, 3)];
      const sorted = queryImages(mixed, { ...EVERYTHING, sort: 'entropy', descending });
      expect(sorted.slice(-2).every((image) => image.complexity === null)).toBe(true);
      const [a, b] = sorted;
      const step = (b?.complexity?.entropy ?? 0) - (a?.complexity?.entropy ?? 0);
      expect(descending ? -step : step).toBeGreaterThanOrEqual(0);
    },
  );

  it('leaves the list of images itself as it was', () => {
    const before = IMAGES.map((image) => image.id);
    queryImages(IMAGES, { ...EVERYTHING, sort: 'problems', descending: true });
    expect(IMAGES.map((image) => image.id)).toEqual(before);
  });

  it('offers the kinds of problems that occur, most frequent first', () => {
    const kinds = problemKinds(IMAGES);
    expect(kinds.map((kind) => kind.count)).toEqual(
      [...kinds.map((kind) => kind.count)].sort((a, b) => b - a),
    );
    expect(kinds.map((kind) => kind.code)).toContain('mask-damaged');
  });
});
