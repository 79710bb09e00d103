import type { Examination, Finding } from '#common/dataset/dataset.ts';
import { cellTrackingPairs } from './cellTrackingPairs.ts';
import { type ClassifiedPath, classifyPaths, folderOf } from './classifyPaths.ts';
import type { FilePair } from './filePair.ts';
import { kindOfFile } from '../decoding/imageFormat.ts';
import { type GuessedKind, maskKinds } from './maskKinds.ts';
import { matchKinds } from './matchKinds.ts';
import { naturalOrder } from './naturalOrder.ts';
import { otherFileFindings } from './otherFiles.ts';
import { isServiceName } from './serviceNames.ts';
import { twinPairs } from './twinPairs.ts';
import { unsupportedFormat } from './unsupportedFormat.ts';

export interface Discovery {
  /** In natural order of their images. */
  readonly pairs: readonly FilePair[];
  readonly findings: readonly Finding[];
  /** In words, the most frequent first: "images/ and masks/ folders". */
  readonly convention: string;
  /** Where masks are, with how many; more than one where there is a choice. */
  readonly maskSources: ReadonlyMap<string, number>;
  /** All files that can be read, by what they seem to be: what pairing by hand offers. */
  readonly candidates: NonNullable<Examination['candidates']>;
  /** How many files seemed to be what: for the message when nothing fits. */
  readonly counted: { readonly images: number; readonly masks: number; readonly unreadable: number };
}

/**
 * Finds image/mask pairs by the naming conventions people use, from the paths alone (relative, forward slashes).
 * What fits in two ways is reported as a finding that names the choice; what fits in no way, as an unpaired file.
 * @param isImage of files whose names do not tell it
 * @param masksFrom the masks that a person has chosen among several kinds: one of the discovery's `maskSources`, or several between commas
 */
export function discoverPairs(
  paths: readonly string[],
  isImage: (path: string) => boolean = () => false,
  masksFrom?: string,
): Discovery {
  const visible = paths.filter((path) => !path.split('/').some(isServiceName));
  const kindOf = (path: string): ReturnType<typeof kindOfFile> =>
    isImage(path) ? 'readable' : kindOfFile(path);
  const readable = visible.filter((path) => kindOf(path) === 'readable').sort(naturalOrder);
  const stores = new Set(visible.flatMap((path) => /^.*?\.(?:zarr|n5)(?=\/)/i.exec(path)?.[0] ?? []));
  const unreadable = [...stores, ...visible.filter((path) => kindOf(path) === 'unreadable')];
  const tracking = cellTrackingPairs(readable);
  const kinds = maskKinds(classifyPaths(readable.filter((path) => !tracking.consumed.has(path))));
  const classified = kinds.paths;
  const byName = matchKinds(classified, masksFrom);
  const isNothing = byName.pairs.length + tracking.pairs.length === 0;
  const twins = isNothing && masksFrom === undefined ? twinPairs(classified) : [];
  const matched =
    twins.length > 0 ? { pairs: twins, findings: withoutTwins(byName.findings, twins) } : byName;
  const pairs = withMeaningfulSplits([...tracking.pairs, ...matched.pairs]);
  pairs.sort((a, b) => naturalOrder(a.image, b.image));
  const images = classified.filter(({ role }) => role === 'image').map(({ path }) => path);
  const others = otherFileFindings(visible, images, pairs);
  return {
    pairs,
    // Where nothing was found, what is not read comes first: it may be what is missing.
    findings:
      pairs.length === 0
        ? [...unreadable.map(unsupportedFormat), ...others, ...tracking.findings, ...matched.findings]
        : [
            ...others,
            ...(masksFrom === undefined ? guessesIn(pairs, kinds.guesses) : []),
            ...tracking.findings,
            ...matched.findings,
            ...unreadable.map(unsupportedFormat),
          ],
    convention: describeConventions(pairs),
    maskSources: maskSources(classified),
    candidates: candidates(classified, tracking),
    counted: {
      images: tracking.pairs.length + classified.filter((path) => path.role === 'image').length,
      masks: tracking.pairs.length + classified.filter((path) => path.role === 'mask').length,
      unreadable: unreadable.length,
    },
  };
}

function guessesIn(pairs: readonly FilePair[], guesses: readonly GuessedKind[]): Finding[] {
  const isUsed = ({ masks: guessed }: GuessedKind): boolean =>
    pairs.some(({ masks }) => masks.some((mask) => guessed.has(mask)));
  return guesses.filter(isUsed).map(({ finding }) => finding);
}

/** What was said of files, or of folders of nothing else, before they were seen to be pairs. */
function withoutTwins(findings: readonly Finding[], twins: readonly FilePair[]): Finding[] {
  const settled = new Set(
    twins.flatMap(({ image, masks }) => [image, ...masks, folderOf(image) === '' ? '.' : folderOf(image)]),
  );
  return findings.filter(({ file }) => !settled.has(file));
}

function candidates(
  classified: readonly ClassifiedPath[],
  { consumed, pairs }: ReturnType<typeof cellTrackingPairs>,
): Discovery['candidates'] {
  const frames = new Set(pairs.map(({ image }) => image));
  const isMask = new Set(classified.filter(({ role }) => role === 'mask').map(({ path }) => path));
  for (const path of consumed)
    if (!frames.has(path) && /_(GT|ST|ERR_SEG|RES)\//i.test(path)) isMask.add(path);
  const all = [...classified.map(({ path }) => path), ...consumed].sort(naturalOrder);
  return { images: all.filter((path) => !isMask.has(path)), masks: all.filter((path) => isMask.has(path)) };
}

function maskSources(paths: readonly ClassifiedPath[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { role, evidence } of paths)
    if (role === 'mask') found.set(evidence, (found.get(evidence) ?? 0) + 1);
  return found;
}

/** Folders that put every pair into one split (a lone "train") prescribe nothing. */
function withMeaningfulSplits(pairs: FilePair[]): FilePair[] {
  const given = new Set(pairs.map((pair) => pair.givenSplit).filter((split) => split !== null));
  const meaningful = given.has('train') && given.size > 1;
  return meaningful ? pairs : pairs.map((pair) => ({ ...pair, givenSplit: null }));
}

function describeConventions(pairs: readonly FilePair[]): string {
  const counts = new Map<string, number>();
  for (const { convention } of pairs) counts.set(convention, (counts.get(convention) ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const shown = names.slice(0, 3).join('; ');
  return names.length > 3 ? `${shown}; and ${names.length - 3} more` : shown;
}
