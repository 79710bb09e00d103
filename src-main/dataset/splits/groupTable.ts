import { CcnetError } from '#common/errors.ts';
import { csvRecords } from '../source/csvRecords.ts';

/**
 * Reads a table that says to which group each image belongs: CSV with commas, semicolons or tabs, and a first line that names the columns
 * `image` and `group` (or `patient`, `subject`, `case`, `slide`, `animal`); any other column is ignored.
 *
 * @param file its name, for failures
 * @returns group by image, as both are written
 * @throws group-table-unreadable, which says what is missing
 */
export function groupTable(text: string, file: string): Map<string, string> {
  const [head, ...lines] = csvRecords(text);
  const columns = (head ?? []).map((name) => name.trim().toLowerCase());
  const image = columns.findIndex((name) => IMAGE.includes(name));
  const group = columns.findIndex((name) => GROUP.includes(name));
  if (image < 0 || group < 0) {
    throw new CcnetError('group-table-unreadable', { file, missing: image < 0 ? 'image' : 'group', columns });
  }
  const groups = new Map<string, string>();
  for (const line of lines) {
    const name = line[image]?.trim();
    const value = line[group]?.trim();
    if (name && value) groups.set(name, value);
  }
  return groups;
}

const IMAGE = ['image', 'file', 'filename', 'name'];
const GROUP = ['group', 'patient', 'subject', 'case', 'slide', 'animal'];
