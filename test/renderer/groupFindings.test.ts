import { expect, it } from 'vitest';
import type { Finding } from '#common/dataset/dataset.ts';
import { findingsTable, groupFindings } from '../../src-renderer/state/dataset/groupFindings.ts';

const finding = (file: string, problem: string): Finding => ({
  severity: 'warning',
  code: 'mask-empty',
  file,
  problem,
  remedy: 'Look at it.',
});

it('a thousand equal findings are one row that names every file; different ones stay apart', () => {
  const equal = Array.from({ length: 1000 }, (_, i) => finding(`masks/${i}.png`, 'The mask is empty.'));
  const groups = groupFindings([...equal, finding('masks/x.png', 'The mask is white.')]);
  expect(groups.map(({ files }) => files.length)).toEqual([1000, 1]);
  expect(groups[0]?.files[999]).toBe('masks/999.png');
  expect(findingsTable(equal).rows).toHaveLength(1000);
});
