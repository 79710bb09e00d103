import { describe, expect, it } from 'vitest';
import { groupSamples } from '#common/dataset/groupSamples.ts';
import { namePattern } from '#common/dataset/namePattern.ts';
import { assignSplits } from '../../../src-main/dataset/splits/assignSplits.ts';
import { foldSplits } from '../../../src-main/dataset/splits/foldSplits.ts';
import { groupTable } from '../../../src-main/dataset/splits/groupTable.ts';
import { proposeGroups } from '../../../src-main/dataset/splits/proposeGroups.ts';

/** `count` images in groups of the given sizes. */
function grouped(sizes: readonly number[]): { imageHash: string; givenSplit: null; group: string }[] {
  return sizes.flatMap((size, group) =>
    Array.from({ length: size }, (_, i) => ({
      imageHash: `${group}-${i}`,
      givenSplit: null,
      group: `patient ${group}`,
    })),
  );
}

/** The parts in which each group lies. */
function partsOfGroups(samples: readonly { group: string }[], splits: readonly string[]): string[][] {
  const groups = Map.groupBy(splits.keys(), (index) => samples[index]?.group);
  return [...groups.values()].map((members) => [...new Set(members.map((index) => splits[index] ?? ''))]);
}

const share = (splits: readonly string[], split: string): number =>
  splits.filter((one) => one === split).length / splits.length;

describe('a pattern of names', () => {
  it.each([
    ['{group}_*', 'P01_t2', 'p01'],
    ['{group}_{group}_*', 'patient1_seq2_0121', 'patient1 seq2'],
    ['genius_{group:2}*', 'genius_0102', '01'],
    ['{group}VAS_*', '202201VAS_slice_1128', '202201'],
    ['p(.*)_{group}', 'p(.*)_7', '7'],
    ['*-{group}', 'slide-a-b', 'a-b'],
    ['{group}#*', 'stack 1#3', 'stack 1'],
  ])('%s finds the group of %s', (pattern, name, group) => {
    expect(namePattern(pattern)(name)).toBe(group);
  });

  it('tells names that it does not fit', () => {
    expect(namePattern('P{group}_*')('Q01_t2')).toBeNull();
  });

  it('takes letters that are written in two ways as the same', () => {
    const groupOf = namePattern('Zelle{group}_*');
    expect(groupOf('Zelleä_1'.normalize('NFD').normalize('NFC'))).toBe(groupOf('zelleÄ_2'.normalize('NFC')));
  });

  it.each(['*_1', 'patient', '{group', '{group}_{group:x}'])('%s is refused', (pattern) => {
    expect(() => namePattern(pattern)).toThrow('does not say which part of a name is the group');
  });
});

describe('groups of samples', () => {
  const samples = ['a/P1/x', 'a/P1/y', 'a/P2/x'].map((path) => ({
    name: path.replaceAll('/', ' '),
    image: `${path}.png`,
  }));

  it('are the folders that images lie in, told apart by what lies around them', () => {
    expect(groupSamples(samples, { by: 'folder', level: 1 })).toEqual(['a/P1', 'a/P1', 'a/P2']);
    expect(groupSamples(samples, { by: 'folder', level: 2 })).toEqual(['a', 'a', 'a']);
  });

  it('come from a table by name, by file or by path', () => {
    const table = groupTable(
      '\uFEFFpatient;image\r\n"A; B";a P1 x\r\n"says ""C""";a/P1/y.png\r\nD;a\\P2\\x.png\r\n',
      't.csv',
    );
    expect(groupSamples(samples, { by: 'table', file: 't.csv' }, table)).toEqual(['A; B', 'says "C"', 'D']);
  });

  it('are never guessed: images without one are named', () => {
    expect(() => groupSamples(samples, { by: 'table', file: 't.csv' }, new Map([['a P1 x', 'A']]))).toThrow(
      '2 of 3 images have no group by "t.csv": a P1 y, a P2 x.',
    );
    expect(() => groupSamples(samples, { by: 'folder', level: 3 })).toThrow('3 of 3 images have no group');
  });

  it('need a table with the two columns', () => {
    expect(() => groupTable('image,age\nx,3\n', 't.csv')).toThrow(
      'no column "group" (its first line names: image, age)',
    );
    expect(() => groupTable('', 't.csv')).toThrow('no column "image"');
  });
});

describe('names suggest groups', () => {
  const names = (groups: readonly string[], parts: readonly string[]): string[] =>
    groups.flatMap((group) => parts.map((part) => `${group}${part}`));

  it.each([
    ['patients and times', names(['P1', 'P2', 'P10'], ['_t1', '_t2']), '{group}_*', 3],
    [
      'films of a few patients',
      names(['p1_s1', 'p1_s2', 'p2_s1', 'p2_s2'], ['_01', '_02']),
      '{group}_{group}_*',
      4,
    ],
    [
      'digits that count within others',
      ['genius_0100', 'genius_0101', 'genius_0200', 'genius_0201', 'genius_0300'],
      'genius_{group:2}*',
      3,
    ],
    ['pages of stacks', names(['a1', 'a2', 'a3'], ['#1', '#2', '#3']), '{group}#*', 3],
  ])('of %s', (_, list, pattern, groups) => {
    expect(proposeGroups(list)).toMatchObject({ pattern, groups });
  });

  it.each([
    ['a plain sequence', Array.from({ length: 120 }, (_, i) => `slice_${String(i).padStart(4, '0')}`)],
    ['numbers with gaps', ['10018', '10025', '10026', '10080', '10083', '10110']],
    ['one image each', Array.from({ length: 12 }, (_, i) => `P${i}_t1`)],
    ['conditions without numbers', names(['control', 'treated', 'washed'], ['_1', '_2', '_3'])],
    ['names of nothing in common', ['a_1', 'a_2', 'b-1', 'b-2', 'c_1', 'c_2']],
    ['no names', []],
  ])('but %s does not', (_, list) => {
    expect(proposeGroups(list)).toBeNull();
  });

  it('and shows the first of them as people count', () => {
    expect(proposeGroups(names(['P10', 'P2', 'P1'], ['_a', '_b']))?.examples).toEqual(['p1', 'p2', 'p10']);
  });
});

describe('a split of groups', () => {
  const samples = grouped([3, 7, 2, 9, 4, 1, 6, 8]);

  it.each(['hashed', 'ordered'] as const)(
    '%s tears none of them apart, and keeps the shares nearly',
    (order) => {
      const splits = assignSplits(samples, { order });
      expect(partsOfGroups(samples, splits).every((parts) => parts.length === 1)).toBe(true);
      for (const split of ['validation', 'test']) {
        expect(share(splits, split)).toBeGreaterThan(0.05);
        expect(share(splits, split)).toBeLessThan(0.4);
      }
    },
  );

  it('holds a copy of an image and its whole group together with the other copy and its group', () => {
    const linked = grouped([2, 2, 2, 2]);
    const [first] = linked;
    const samplesWithCopy = linked.map((sample, i) =>
      i === 7 ? { ...sample, imageHash: first?.imageHash ?? '' } : sample,
    );
    const splits = assignSplits(samplesWithCopy);
    expect(new Set([0, 1, 6, 7].map((index) => splits[index])).size).toBe(1);
  });

  it('needs three groups', () => {
    expect(() => assignSplits(grouped([9, 9]))).toThrow('The 18 images form only 2 groups');
  });

  it('leaves something to learn from where one group is nearly everything', () => {
    const splits = assignSplits(grouped([50, 1, 1]));
    expect(new Set(splits)).toEqual(new Set(['train', 'validation', 'test']));
  });
});

describe('folds', () => {
  const samples = grouped([3, 3, 3, 2, 4, 1, 5, 3, 2, 4]);

  it.each([2, 3, 5])('of %i test every image once', (of) => {
    const tests = Array.from({ length: of }, (_, i) => foldSplits(samples, { number: i + 1, of }));
    const tested = samples.map((_, index) => tests.filter((splits) => splits[index] === 'test').length);
    expect(tested).toEqual(samples.map(() => 1));
  });

  it('have contiguous blocks of similar size, tear no group apart, and keep images to learn from and to tune by', () => {
    for (const number of [1, 2, 3]) {
      const splits = foldSplits(samples, { number, of: 3 });
      expect(partsOfGroups(samples, splits).every((parts) => parts.length === 1)).toBe(true);
      const test = [...splits.keys()].filter((index) => splits[index] === 'test');
      expect((test.at(-1) ?? 0) - (test[0] ?? 0)).toBe(test.length - 1);
      expect(share(splits, 'test')).toBeGreaterThan(0.23);
      expect(share(splits, 'test')).toBeLessThan(0.43);
      expect(share(splits, 'validation')).toBeGreaterThan(0.05);
      expect(share(splits, 'train')).toBeGreaterThan(0.4);
    }
  });

  it('need enough parts to learn from, tune by and test on in each of them', () => {
    expect(() => foldSplits(grouped([4, 4, 4]), { number: 1, of: 3 })).toThrow(
      '3 folds need at least 4 independent images or groups',
    );
    for (const number of [1, 2]) {
      expect(new Set(foldSplits(grouped([9, 1, 1, 1]), { number, of: 2 })).size).toBe(3);
    }
  });
});
