/** Most that is read of a table: far above one line for each of a hundred thousand images. */
export const MAX_TABLE_BYTES = 64 * 1024 * 1024;

/** Records of a CSV text (RFC 4180), by whichever of comma, semicolon and tab its first line has most of. */
export function csvRecords(table: string): string[][] {
  const text = table.replace(/^\uFEFF/, '');
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
