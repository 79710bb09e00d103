export type Cell = string | number | boolean | null;

/** A table as data: numbers as they are, not as they are shown. */
export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** As comma-separated values (RFC 4180): dots in numbers, quotes where needed, CRLF after every line. */
export function csvOf({ columns, rows }: DataTable): string {
  return [columns, ...rows].map((row) => `${row.map((cell) => quoted(text(cell))).join(',')}\r\n`).join('');
}

/** For the clipboard, from where spreadsheets take it: tabs between cells. */
export function tsvOf({ columns, rows }: DataTable): string {
  return [columns, ...rows]
    .map((row) => row.map((cell) => text(cell).replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}

/** A name that a spreadsheet would run as a formula begins with an apostrophe, which spreadsheets hide. */
function text(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const word = String(cell);
  return /^[=+\-@\t\r]/.test(word) ? `'${word}` : word;
}

function quoted(word: string): string {
  return /[",\r\n]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word;
}
