import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { CcnetError } from '#common/errors.ts';
import { reportedDataset } from '../../export/report/reportedDataset.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';

type Named = Pick<DatasetRecord, 'name' | 'fingerprint'>;

/** Where a report says whose it is. */
const HEAD_BYTES = 4096;

/**
 * Where the report of a run goes in a folder: onto an earlier one of the same dataset, and beside everything else.
 * @param stem how the files of the run begin (exportStem)
 */
export async function reportFileIn(
  folder: string,
  stem: string,
  dataset: Pick<Named, 'fingerprint'>,
): Promise<string> {
  for (let copy = 1; ; copy++) {
    const file = join(folder, `${stem}-report${copy === 1 ? '' : `-${copy}`}.html`);
    const holder = await holderOf(file);
    if (holder === null || holder === dataset.fingerprint) return file;
  }
}

/** @throws report-of-another when a report on another dataset lies there */
export async function requireNoOtherReport(file: string, dataset: Named): Promise<void> {
  const holder = await holderOf(file);
  if (holder === null || holder === dataset.fingerprint || holder === '') return;
  throw new CcnetError('report-of-another', { path: file, dataset: dataset.name });
}

/** The fingerprint of the dataset that the report at a path is on; null where there is nothing, '' where there is something else. */
async function holderOf(file: string): Promise<string | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return null;
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    return reportedDataset(head.toString('utf8', 0, bytesRead)) ?? '';
  } catch {
    return '';
  } finally {
    await handle.close();
  }
}
