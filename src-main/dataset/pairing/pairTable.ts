import { CcnetError } from '#common/errors.ts';
import { csvRecords } from '../source/csvRecords.ts';

const IMAGE = ['image', 'file', 'filename', 'name'];
const MASK = ['mask', 'label', 'segmentation', 'annotation'];

/**
 * Reads a table that says which mask belongs to which image: CSV with commas, semicolons or tabs, and a first line that names the columns
 * `image` and `mask`. Paths are relative to the dataset; several masks of an image stand in several lines.
 *
 * @param file its name, for failures
 * @returns masks by image
 * @throws pair-table-unreadable, which says what is missing
 */
export function pairTable(text: string, file: string): Record<string, string[]> {
  const [head, ...lines] = csvRecords(text);
  const columns = (head ?? []).map((name) => name.trim().toLowerCase());
  const image = columns.findIndex((name) => IMAGE.includes(name));
  const mask = columns.findIndex((name) => MASK.includes(name));
  const missing = image < 0 ? 'image' : mask < 0 ? 'mask' : null;
  if (missing) throw new CcnetError('pair-table-unreadable', { file, missing, columns });
  const pairs = new Map<string, string[]>();
  const path = (cell: string | undefined): string => (cell ?? '').trim().replaceAll('\\', '/');
  for (const line of lines) {
    const [name, drawn] = [path(line[image]), path(line[mask])];
    if (name && drawn) pairs.set(name, [...(pairs.get(name) ?? []), drawn]);
  }
  if (pairs.size === 0) throw new CcnetError('pair-table-unreadable', { file, missing: 'pairs', columns });
  return Object.fromEntries(pairs);
}
