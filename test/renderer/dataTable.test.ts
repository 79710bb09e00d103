import { describe, expect, it } from 'vitest';
import { csvOf, tsvOf, type DataTable } from '../../src-renderer/state/tables/dataTable.ts';

const TABLE: DataTable = {
  columns: ['image', 'Dice', 'note'],
  rows: [
    ['a, "b".png', 0.8512345, null],
    ['=cmd|1', -3e-7, 'two\nlines\there'],
    ['ü', Number.NaN, true],
  ],
};

describe('a table as text', () => {
  it('is RFC 4180 with numbers unrounded, and nothing in it is run by a spreadsheet', () => {
    expect(csvOf(TABLE)).toBe(
      'image,Dice,note\r\n"a, ""b"".png",0.8512345,\r\n\'=cmd|1,-3e-7,"two\nlines\there"\r\nü,,true\r\n',
    );
  });

  it('keeps one line a row on the clipboard', () => {
    expect(
      tsvOf(TABLE)
        .split('\n')
        .map((line) => line.split('\t').length),
    ).toEqual([3, 3, 3, 3]);
  });
});
