import type { Finding } from '#common/dataset/dataset.ts';
import type { ClassifiedPath } from './classifyPaths.ts';
import type { FilePair } from './filePair.ts';
import { matchMasks } from './matchMasks.ts';
import { chosenSources } from './maskSource.ts';

/** What is said of images by the masks of one kind, and is not so where another kind has theirs. */
const OF_IMAGES = new Set(['unpaired-image', 'folder-without-masks']);

/**
 * Joins images and masks, of the kinds that a person has chosen: masks of several kinds count together, each matched by itself.
 * @param masksFrom one of the kinds, or several between commas
 */
export function matchKinds(
  paths: readonly ClassifiedPath[],
  masksFrom?: string,
): { pairs: FilePair[]; findings: Finding[] } {
  if (masksFrom === undefined) return matchMasks(paths);
  const evidences = paths.filter(({ role }) => role === 'mask').map(({ evidence }) => evidence);
  const kinds = chosenSources(new Set(evidences), masksFrom);
  const matched = (kinds.length > 0 ? kinds : [masksFrom]).map((kind) =>
    matchMasks(paths.filter(({ role, evidence }) => role !== 'mask' || evidence === kind)),
  );
  const [first] = matched;
  if (first && matched.length === 1) return first;
  const ofImage = Map.groupBy(
    matched.flatMap(({ pairs }) => pairs),
    ({ image }) => image,
  );
  const pairs = [...ofImage].map(([image, own]): FilePair => ({
    image,
    masks: own.flatMap(({ masks }) => masks),
    givenSplit: own.find(({ givenSplit }) => givenSplit !== null)?.givenSplit ?? null,
    convention: `mask files of ${kinds.length} kinds`,
    kinds: own.flatMap(({ kinds: one = [] }) => one),
  }));
  const ofAll = matched.flatMap(({ findings }) => findings.filter(({ code }) => !OF_IMAGES.has(code)));
  const without = (first?.findings ?? []).filter(
    ({ code, file }) => code === 'unpaired-image' && !ofImage.has(file),
  );
  return { pairs, findings: [...ofAll, ...without] };
}
