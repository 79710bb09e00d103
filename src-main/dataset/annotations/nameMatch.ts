import { stemOf } from '../pairing/classifyPaths.ts';

const segmentsOf = (path: string): string[] =>
  path
    .replaceAll('\\', '/')
    .normalize('NFC')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');

const UPLOADED = /^[0-9a-f]{8}-/;

/**
 * How well a name in an annotation file fits the path of an image: the number of folders and file name that agree from the end; one half where only
 * the names without extension do, or without what Label Studio puts before them; 0 where nothing does.
 */
export function nameMatch(name: string, path: string): number {
  const [one, other] = [segmentsOf(name), segmentsOf(path)];
  const [file = '', imageFile = ''] = [one.at(-1), other.at(-1)];
  if (file === '') return 0;
  if (file === imageFile) {
    let agreeing = 1;
    while (agreeing < one.length && one.at(-1 - agreeing) === other.at(-1 - agreeing)) agreeing += 1;
    return agreeing;
  }
  // Label Studio puts eight digits before the names of uploaded files.
  const bare = file.replace(UPLOADED, '');
  if (bare === imageFile) return 0.75;
  const stem = stemOf(imageFile);
  return stem === file || stem === stemOf(file) || stem === stemOf(bare) ? 0.5 : 0;
}

interface Named {
  readonly names: readonly string[];
}

/**
 * Finds the entry whose names fit a path best, among any number of them in no time.
 * @returns null where none fits, or two as well as each other
 */
export function nameIndex<Entry extends Named>(entries: readonly Entry[]): (path: string) => Entry | null {
  const byStem = new Map<string, Entry[]>();
  for (const entry of entries) {
    const files = entry.names
      .map((name) => segmentsOf(name).at(-1) ?? '')
      .flatMap((file) => [file, file.replace(UPLOADED, '')]);
    for (const key of new Set(files.flatMap((file) => [file, stemOf(file)]))) {
      const found = byStem.get(key);
      if (found) found.push(entry);
      else byStem.set(key, [entry]);
    }
  }
  return (path) => {
    const file = segmentsOf(path).at(-1) ?? '';
    const near = new Set([...(byStem.get(file) ?? []), ...(byStem.get(stemOf(file)) ?? [])]);
    return bestMatch(near, path);
  };
}

function bestMatch<Entry extends Named>(entries: Iterable<Entry>, path: string): Entry | null {
  let best: Entry | null = null;
  let most = 0;
  let isTied = false;
  for (const entry of entries) {
    const fit = Math.max(0, ...entry.names.map((name) => nameMatch(name, path)));
    if (fit === 0 || fit < most) continue;
    isTied = fit === most;
    [best, most] = [entry, fit];
  }
  return isTied ? null : best;
}
