import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Examination } from '#common/dataset/dataset.ts';
import type { Grouping } from '#common/dataset/grouping.ts';
import { groupSamples } from '#common/dataset/groupSamples.ts';
import { CcnetError } from '#common/errors.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { alikeGroups } from '../../dataset/splits/alikeGroups.ts';
import { groupTable, MAX_TABLE_BYTES } from '../../dataset/splits/groupTable.ts';

type GroupRequest = Pick<RequestOf<'add-dataset'>, 'groups' | 'groupTable'>;

/** How a request tells images to belong together; a table is named by its file, without its folder. */
export function groupingOf({ groups, groupTable: file }: GroupRequest): Grouping | null {
  return groups ?? (file ? { by: 'table', file: basename(file) } : null);
}

/**
 * The group of every sample as the request tells it, or null where each stands for itself.
 * @throws images-without-group, group-pattern-invalid, group-table-unreadable
 */
export async function requestedGroups(
  request: GroupRequest,
  { samples, alike = [] }: Pick<Examination, 'samples' | 'alike'>,
): Promise<(string | null)[] | null> {
  const grouping = groupingOf(request);
  if (!grouping) return null;
  if (grouping.by === 'likeness') return alikeGroups(samples, alike);
  const file = request.groupTable;
  return groupSamples(samples, grouping, file ? await readTable(file) : undefined);
}

async function readTable(file: string): Promise<Map<string, string>> {
  const unreadable = (cause: unknown): CcnetError =>
    new CcnetError(
      'group-table-missing',
      { file, reason: cause instanceof Error ? cause.message : '' },
      { cause },
    );
  const found = await stat(file).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  if (found.size > MAX_TABLE_BYTES) throw unreadable(new Error(`it has ${found.size} bytes`));
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(cause);
  });
  return groupTable(text, file);
}
