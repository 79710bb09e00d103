import { describe, expect, it } from 'vitest';
import { resultsTable, sortResults } from '../../src-renderer/state/results/testImages.ts';
import { fakeImages } from './fake/fakeImages.ts';
import { fakeTestImages } from './fake/fakeLibrary.ts';

const images = fakeImages(1, 200, true);
const byId = new Map(images.map((image) => [image.id, image]));
const tested = fakeTestImages(images).flatMap((result) => {
  const image = byId.get(result.image);
  return image ? [{ image, result }] : [];
});

describe('the test images of a network', () => {
  it('are sorted by any score, those without one last', () => {
    expect(tested.length).toBeGreaterThan(10);
    const [first] = tested;
    if (!first) throw new Error('no image');
    const none = {
      ...first,
      result: { ...first.result, objects: { drawn: 0, found: 0, matched: 0, boundary: null } },
    };
    for (const descending of [false, true]) {
      const sorted = sortResults([none, ...tested], 'boundary', descending);
      expect(sorted.at(-1)).toBe(none);
      const [a, b] = [sorted[0]?.result.objects.boundary ?? 0, sorted[5]?.result.objects.boundary ?? 0];
      expect(descending ? a - b : b - a).toBeGreaterThanOrEqual(0);
    }
  });

  it('become a table with a line for each, unrounded', () => {
    const { columns, rows } = resultsTable(tested);
    expect(rows).toHaveLength(tested.length);
    expect(rows[0]?.[columns.indexOf('dice')]).toBe(tested[0]?.result.dice);
    expect(rows[0]?.[columns.indexOf('count_error')]).toBe(
      (tested[0]?.result.objects.found ?? 0) - (tested[0]?.result.objects.drawn ?? 0),
    );
  });
});
