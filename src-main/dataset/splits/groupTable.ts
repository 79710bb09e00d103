import { CcnetError } from '#common/errors.ts';

/** Most that is read of a table: far above one line for each of a hundred thousand images. */
export const MAX_TABLE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a table that says to which group each image belongs: CSV with commas, semicolons or tabs, and a first line that names the columns
 * `image` and `group` (or `patient`, `subject`, `case`, `slide`, `animal`); any other column is ignored.
 *
 * @param file its name, for failures
 * @returns group by image, as both are written
 * @throws group-table-unreadable, which says what is missing
 */
export function groupTable(text: string, file: string): Map<string, string> {
  const [head, ...lines] = records(text.replace(/^\uFEFF/, ''));
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

/** Records of a CSV text (RFC 4180), by whichever of comma, semicolon and tab its first line has most of. */
function records(text: string): string[][] {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const counts = [',', ';', '\t'].map((mark) => ({ mark, found: first.split(mark).length }));
  const separator = counts.reduce((best, one) => (one.found > best.found ? one : best)).mark;
  const all: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i <= text.length; i++) {
    const character = text[i];
    if (quoted && character !== undefined) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') field += text[(i += 1)] ?? '';
      else quoted = false;
    } else if (character === '"' && field === '') {
      quoted = true;
    } else if (character === separator || character === '\n' || character === undefined) {
      record.push(field.replace(/\r$/, ''));
      field = '';
      if (character === separator) continue;
      if (record.some((value) => value !== '')) all.push(record);
      record = [];
    } else {
      field += character;
    }
  }
  return all;
}
