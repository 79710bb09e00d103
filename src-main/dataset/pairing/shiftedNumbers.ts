import type { Finding } from '#common/dataset/dataset.ts';
import type { ClassifiedPath } from './classifyPaths.ts';

/** Fewer files than this may be numbered in any way. */
const FEWEST = 3;

interface Run {
  readonly folder: string;
  readonly paths: readonly ClassifiedPath[];
  readonly first: number;
  readonly last: number;
}

/**
 * Images and masks that are numbered alike and begin with another number, such as 1 and 0: equal numbers then mean neighbours, and every
 * pair but one would be wrong.
 * @returns the files, and what is to be told of them
 */
export function shiftedNumbers(
  images: readonly ClassifiedPath[],
  masks: readonly ClassifiedPath[],
): { files: ReadonlySet<string>; findings: Finding[] } {
  const files = new Set<string>();
  const findings: Finding[] = [];
  const imageRuns = runsOf(images);
  for (const mask of runsOf(masks)) {
    const image = imageRuns.find(
      ({ first, last, paths }) =>
        paths.length === mask.paths.length &&
        first !== mask.first &&
        first <= mask.last &&
        last >= mask.first &&
        paths[0]?.place === mask.paths[0]?.place,
    );
    if (!image) continue;
    for (const { path } of [...image.paths, ...mask.paths]) files.add(path);
    findings.push({
      severity: 'error',
      code: 'numbers-shifted',
      file: mask.folder || '.',
      problem: `Images are numbered from ${image.first} to ${image.last} (${image.paths[0]?.path ?? ''}, ...) and as many masks from ${mask.first} to ${mask.last} (${mask.paths[0]?.path ?? ''}, ...): equal numbers may not belong together.`,
      remedy: ['Number both alike.', { kind: 'pair-by-hand' }],
    });
  }
  return { files, findings };
}

/** Folders of files whose names differ in a number only, of which none is left out. */
function runsOf(paths: readonly ClassifiedPath[]): Run[] {
  return [...Map.groupBy(paths, ({ folder }) => folder)].flatMap(([folder, inFolder]) => {
    const numbered = inFolder.flatMap((path) => {
      const [, before, number, after] = /^(\D*)(\d+)(\D*)$/.exec(path.exact.inner) ?? [];
      return number === undefined ? [] : [{ path, number: Number(number), around: `${before}|${after}` }];
    });
    const [one] = numbered;
    if (!one || numbered.length < Math.max(FEWEST, inFolder.length)) return [];
    if (numbered.some(({ around }) => around !== one.around)) return [];
    numbered.sort((a, b) => a.number - b.number);
    const [first, last] = [numbered[0]?.number ?? 0, numbered.at(-1)?.number ?? 0];
    const isWhole = last - first + 1 === numbered.length;
    return isWhole ? [{ folder, paths: numbered.map(({ path }) => path), first, last }] : [];
  });
}
