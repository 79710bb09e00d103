import { lastPart } from '../window/words.ts';

/** A name for a new dataset after its folder or .zip, with a number when it is taken. */
export function suggestName(path: string, taken: readonly string[]): string {
  const base =
    lastPart(path)
      .replace(/\.zip$/i, '')
      .slice(0, 180) || 'Dataset';
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base} ${n}`;
    if (!taken.includes(name)) return name;
  }
}
