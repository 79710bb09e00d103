import { describe, expect, it } from 'vitest';
import { numberEntry } from '../../src-renderer/components/controls/numberEntry.ts';

const LIMIT = { least: 0, above: true, most: 1e9, empty: true } as const;
const EPOCHS = { least: 1, most: 10_000, whole: true } as const;

describe('a field of numbers', () => {
  it('takes a number that fits, and nothing where nothing may be', () => {
    expect(numberEntry('2.5', LIMIT)).toEqual({ kind: 'taken', value: 2.5 });
    expect(numberEntry(' ', LIMIT)).toEqual({ kind: 'taken', value: undefined });
    expect(numberEntry('10000', EPOCHS)).toEqual({ kind: 'taken', value: 10_000 });
  });

  it.each([
    ['-3', LIMIT],
    ['0', LIMIT],
    ['1e30', LIMIT],
    ['?', LIMIT],
    ['', EPOCHS],
    ['0', EPOCHS],
    ['2.5', EPOCHS],
    ['10001', EPOCHS],
  ])('refuses "%s" with the range instead of taking another number', (text, rule) => {
    expect(numberEntry(text, rule, 1500)).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(/^Give a.*\. It stays 1500\.$/) as string,
    });
  });

  it('says that a field without a value stays empty', () => {
    expect(numberEntry('-3', LIMIT)).toEqual({
      kind: 'refused',
      why: 'Give a number above 0. It stays empty.',
    });
  });
});
