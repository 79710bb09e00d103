import type { Sample } from './dataset.ts';
import type { Grouping } from './grouping.ts';
import { CcnetError } from '../errors.ts';
import { namePattern } from './namePattern.ts';

type NamedSample = Pick<Sample, 'name' | 'image'>;

/** How many of the images without a group a failure names. */
const NAMED = 5;

/**
 * The group of every sample.
 * @param table group by image, for a grouping by table: by name, by file name or by path
 * @throws group-pattern-invalid; images-without-group, which names the first of them: none is guessed
 */
export function groupSamples(
  samples: readonly NamedSample[],
  grouping: Exclude<Grouping, { by: 'likeness' }>,
  table: ReadonlyMap<string, string> = new Map(),
): string[] {
  const groupOf = rule(grouping, table);
  const groups = samples.map(groupOf);
  const without = samples.filter((_, index) => groups[index] === null);
  if (without.length > 0) {
    const images = without.slice(0, NAMED).map(({ name }) => name);
    throw new CcnetError('images-without-group', {
      count: without.length,
      of: samples.length,
      images,
      grouping: groupingText(grouping),
    });
  }
  return groups.map((group) => group ?? '');
}

function rule(
  grouping: Exclude<Grouping, { by: 'likeness' }>,
  table: ReadonlyMap<string, string>,
): (sample: NamedSample) => string | null {
  if (grouping.by === 'name') {
    const groupOf = namePattern(grouping.pattern);
    return ({ name }) => groupOf(name.normalize('NFC'));
  }
  if (grouping.by === 'folder') {
    return ({ image }) => {
      const folders = image.split('/').slice(0, -1);
      const deep = folders.length - grouping.level + 1;
      return deep > 0 ? folders.slice(0, deep).join('/') : null;
    };
  }
  const known = new Map([...table].map(([image, group]) => [key(image), group]));
  return ({ name, image }) => {
    const file = image.split('/').at(-1) ?? image;
    const names = [name, image, file, file.replace(/\.[^.]+$/, '')];
    const found = names.find((one) => known.has(key(one)));
    return found === undefined ? null : (known.get(key(found)) ?? null);
  };
}

const key = (name: string): string => name.normalize('NFC').replaceAll('\\', '/');

/** A grouping as it is written at the command line: the pattern, `folder:1`, `alike`, or the table's file. */
export function groupingText(grouping: Grouping): string {
  if (grouping.by === 'name') return grouping.pattern;
  if (grouping.by === 'likeness') return 'alike';
  return grouping.by === 'folder' ? `folder:${grouping.level}` : grouping.file;
}
