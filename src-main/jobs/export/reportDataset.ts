import type { ExportedFile } from '#contract/jobs/exportKind.ts';
import { htmlReport } from '../../export/report/htmlReport.ts';
import { outputsOf } from '../outputs.ts';
import { gatherReport } from './gatherReport.ts';
import type { ReportContext } from './reportContext.ts';

/** Writes the HTML report of a dataset. @returns the file */
export async function reportDataset(
  context: ReportContext,
  exports: readonly ExportedFile[],
  file: string,
): Promise<string> {
  context.onProgress({ stage: 'Writing the report', done: 0, total: 1, unit: 'files', secondsLeft: null });
  await outputsOf(context.project).write(file, htmlReport(await gatherReport(context, exports)));
  return file;
}
