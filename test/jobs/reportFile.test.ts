import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reportFileIn, requireNoOtherReport } from '../../src-main/jobs/export/reportFile.ts';
import { htmlReport } from '../../src-main/export/report/htmlReport.ts';
import { sampleReport } from '../export/report/sampleReport.ts';
import { failing } from '../failing.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const report = htmlReport(sampleReport(new Uint8Array(1)));
const { fingerprint } = sampleReport(new Uint8Array(1)).dataset;
const same = { name: 'cells', fingerprint };
const other = { name: 'cells', fingerprint: 'f'.repeat(64) };

it('reports on two datasets in one folder stay apart; the same dataset gets its own file again', async () => {
  const folder = temporaryFolder();
  const file = await reportFileIn(folder, 'cells-run1', same);
  expect(file).toBe(join(folder, 'cells-run1-report.html'));
  writeFileSync(file, report);
  expect(await reportFileIn(folder, 'cells-run1', same)).toBe(file);
  expect(await reportFileIn(folder, 'cells-run1', other)).toBe(join(folder, 'cells-run1-report-2.html'));
});

it('a file that is no report keeps its name', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'cells-run1-report.html'), '<p>mine</p>');
  expect(await reportFileIn(folder, 'cells-run1', same)).toBe(join(folder, 'cells-run1-report-2.html'));
});

it('a report on another dataset is not replaced by name either', async () => {
  const file = join(temporaryFolder(), 'report.html');
  await requireNoOtherReport(file, other);
  writeFileSync(file, report);
  await requireNoOtherReport(file, same);
  await expect(requireNoOtherReport(file, other)).rejects.toThrow(failing('report-of-another'));
});
