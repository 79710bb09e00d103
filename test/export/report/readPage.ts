const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What a reader sees of a piece of HTML: words, with one space for any white space. */
export const seen = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(\w+|#\d+);/g, (whole, name: string) => CHARACTERS[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();

export interface PageTable {
  readonly header: readonly string[];
  /** Cells by the header that they stand under. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const all = (html: string, tag: string): string[] =>
  [...html.matchAll(new RegExp(`<${tag}[ >][^]*?</${tag}>`, 'g'))].map(([found]) => found);

/** Text between a heading and the next one of the report. @throws Error when there is no such heading */
export function section(page: string, heading: string): string {
  const part = page.split('<h2>').find((text) => seen(text.split('</h2>')[0] ?? '') === heading);
  if (part === undefined) throw new Error(`The report has no section "${heading}".`);
  return part.slice(part.indexOf('</h2>'));
}

/** The table of a section. @throws Error unless it has exactly one */
export function tableOf(page: string, heading: string): PageTable {
  const [table, ...others] = all(section(page, heading), 'table');
  if (table === undefined || others.length > 0)
    throw new Error(`"${heading}" has ${others.length + 1} tables.`);
  const header = all(table, 'th').map(seen);
  const rows = all(table.slice(table.indexOf('<tbody>')), 'tr').map((row) => {
    const cells = all(row, 'td').map(seen);
    if (cells.length !== header.length) throw new Error(`A row of "${heading}" has ${cells.length} cells.`);
    return Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']));
  });
  return { header, rows };
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ '%': 0.01, million: 1e6, billion: 1e9 },
  ...{ B: 1, kB: 1e3, MB: 1e6, GB: 1e9, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 },
};

/** Numbers in a text as a reader takes them: "122,586", "1/4", "6.3 %", "492 kB". */
export function numbers(text: string): number[] {
  const found = text.matchAll(
    /(-?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)(?:\/(\d+))?(?: ?(%|[kKMG]?i?B\b|million|billion))?/g,
  );
  return [...found].map(
    ([, value = '', divisor, unit]) =>
      (Number(value.replaceAll(',', '')) / Number(divisor ?? 1)) * (unit ? (UNITS[unit] ?? NaN) : 1),
  );
}
