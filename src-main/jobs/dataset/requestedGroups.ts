import { basename } from 'node:path';
import type { Examination } from '#common/dataset/dataset.ts';
import type { Grouping } from '#common/dataset/grouping.ts';
import { groupSamples } from '#common/dataset/groupSamples.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { alikeGroups } from '../../dataset/splits/alikeGroups.ts';
import { groupTable } from '../../dataset/splits/groupTable.ts';
import { readTable } from './readTable.ts';

type GroupRequest = Pick<RequestOf<'add-dataset'>, 'groups' | 'groupTable'>;

/** How a request tells images to belong together; a table is named by its file, without its folder. */
export function groupingOf({ groups, groupTable: file }: GroupRequest): Grouping | null {
  return groups ?? (file ? { by: 'table', file: basename(file) } : null);
}

/**
 * The group of every sample as the request tells it, or null where each stands for itself.
 * @throws images-without-group, group-pattern-invalid, group-table-unreadable, table-missing
 */
export async function requestedGroups(
  request: GroupRequest,
  { samples, alike = [] }: Pick<Examination, 'samples' | 'alike'>,
): Promise<(string | null)[] | null> {
  const grouping = groupingOf(request);
  if (!grouping) return null;
  if (grouping.by === 'likeness') return alikeGroups(samples, alike);
  const file = request.groupTable;
  return groupSamples(samples, grouping, file ? groupTable(await readTable(file), file) : undefined);
}
