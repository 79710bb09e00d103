import { describe, expect, it } from 'vitest';
import type { Split } from '#common/dataset/dataset.ts';
import {
  contentsFingerprint,
  datasetFingerprint,
  type DealtSample,
} from '../../src-main/dataset/source/datasetFingerprint.ts';
import { assignSplits } from '../../src-main/dataset/splits/assignSplits.ts';

const contents = Array.from({ length: 50 }, (_, index) => ({
  imageHash: `hash${index}`,
  maskHash: `hash${index}m`,
  givenSplit: null,
  group: null as string | null,
}));
const dealt = (samples: typeof contents, order: 'hashed' | 'ordered' = 'hashed'): DealtSample[] => {
  const splits = assignSplits(samples, { order });
  return samples.map((sample, index) => ({ ...sample, split: splits[index] ?? 'train' }));
};
const grouped = (size: number, word: string): typeof contents =>
  contents.map((sample, index) => ({ ...sample, group: `${word}${Math.floor(index / size)}` }));

describe('the fingerprint of contents', () => {
  it('does not depend on order', () => {
    expect(contentsFingerprint([...contents].reverse())).toBe(contentsFingerprint(contents));
  });

  it('changes with any image or mask', () => {
    const changed = contents.map((entry, index) => (index === 7 ? { ...entry, maskHash: 'other' } : entry));
    expect(contentsFingerprint(changed)).not.toBe(contentsFingerprint(contents));
    expect(contentsFingerprint(contents.slice(1))).not.toBe(contentsFingerprint(contents));
  });
});

describe('the fingerprint of a dataset', () => {
  it('is that of its contents where these alone decided the splits', () => {
    expect(datasetFingerprint(dealt(contents))).toBe(contentsFingerprint(contents));
    expect(datasetFingerprint(dealt(grouped(1, 'patient')))).toBe(contentsFingerprint(contents));
  });

  it('tells blocks, groups and single moves apart', () => {
    const other = (split: Split): Split => (split === 'test' ? 'train' : 'test');
    const moved = dealt(contents).map((sample, index) =>
      index === 3 ? { ...sample, split: other(sample.split) } : sample,
    );
    const all = [
      contentsFingerprint(contents),
      datasetFingerprint(dealt(contents, 'ordered')),
      datasetFingerprint(dealt(grouped(2, 'patient'))),
      datasetFingerprint(dealt(grouped(5, 'patient'))),
      datasetFingerprint(moved),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('does not depend on order or on how groups are called', () => {
    const groups = dealt(grouped(2, 'patient'));
    expect(datasetFingerprint([...groups].reverse())).toBe(datasetFingerprint(groups));
    expect(datasetFingerprint(dealt(grouped(2, 'case')))).toBe(datasetFingerprint(groups));
  });
});
