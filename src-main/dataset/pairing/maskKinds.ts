import type { Finding } from '#common/dataset/dataset.ts';
import type { ClassifiedPath } from './classifyPaths.ts';
import { type Affix, FEWEST, namedAlike, type NamesOfImages, namesOfImages } from './constantAffix.ts';
import { stemRole } from './pathRole.ts';

/** Less than the step between two ranks of folders and words. */
const STEP = 0.01;
const UNKNOWN = 9;

/** Masks of one kind, by what tells it from the others: "labelIds", or "" for those that add nothing more. */
interface Kind {
  readonly name: string;
  readonly masks: readonly ClassifiedPath[];
}

/** A choice among kinds that nothing made sure. */
export interface GuessedKind {
  readonly finding: Finding;
  /** Paths of the masks that it is true of. */
  readonly masks: ReadonlySet<string>;
}

/**
 * Tells masks of one folder, or of one word in their names, apart where an image has several of them for different things: by what they
 * add to the name of the image ("x_gtFine_labelIds", "x_gtFine_color") or by their folders, of which one kind is the surest; or by their whole names, where every
 * image has a folder of masks that are called alike ("liver", "spleen"), which count together.
 * @returns the paths, with evidence and rank of each kind's own
 */
export function maskKinds(paths: readonly ClassifiedPath[]): {
  paths: ClassifiedPath[];
  guesses: GuessedKind[];
} {
  const guesses: GuessedKind[] = [];
  const changed = new Map<ClassifiedPath, ClassifiedPath>();
  const images = paths.filter(({ role }) => role === 'image');
  const names = namesOfImages(images);
  const masks = paths.filter(({ role }) => role === 'mask');
  for (const group of Map.groupBy(masks, ({ evidence }) => evidence).values()) {
    const added = kindsByAddition(group, names);
    const inFolders = added.length === 0 ? kindsByFolder(group, images) : [];
    const isTogether = added.length + inFolders.length === 0;
    const kinds = isTogether ? kindsByName(group, names) : ranked([...added, ...inFolders]);
    const [best, second] = kinds;
    if (!best || !second) continue;
    if (!isTogether && best.rank === second.rank) guesses.push(guessed(kinds, best));
    kinds.forEach(({ name, rank, masks: ofKind }, place) => {
      for (const mask of ofKind) {
        const called = inFolders.length > 0 ? `${name}/` : `"${name}" in the file name`;
        const evidence = name === '' ? mask.evidence : called;
        const order = isTogether ? 0 : STEP * (STEP * place + rank);
        changed.set(mask, { ...mask, evidence, rank: mask.rank + order });
      }
    });
  }
  return { paths: paths.map((path) => changed.get(path) ?? path), guesses };
}

function kindsByAddition(group: readonly ClassifiedPath[], names: NamesOfImages): Kind[] {
  const found = namedAlike(
    group.filter(({ exact }) => !names.has(exact.inner)),
    names,
  );
  if (found.length < 2) return [];
  const words = found.map(({ affix }) => wordsOf(affix));
  const [first = []] = words;
  let shared = 0;
  while (words.every((of) => shared < of.length && of[shared] === first[shared])) shared += 1;
  let ending = 0;
  while (words.every((of) => ending < of.length - shared && of.at(-1 - ending) === first.at(-1 - ending)))
    ending += 1;
  return found.map(({ masks }, index) => {
    const own = words[index] ?? [];
    return { name: own.slice(shared, own.length - ending).join(' '), masks: [...masks.keys()] };
  });
}

const wordsOf = ({ before, after }: Affix): string[] =>
  `${before} ${after}`.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/** Masks of one image in folders that images do not have: "masks/anna/x" and "masks/ben/x" of "images/x". */
function kindsByFolder(group: readonly ClassifiedPath[], images: readonly ClassifiedPath[]): Kind[] {
  const ofImages = new Set(images.flatMap(({ beside }) => beside));
  const folderOf = ({ beside }: ClassifiedPath): string =>
    beside.filter((folder) => !ofImages.has(folder)).join('/');
  const found = [...Map.groupBy(group, folderOf)];
  if (found.length < 2 || found.some(([, masks]) => masks.length < FEWEST)) return [];
  const named = Map.groupBy(images, ({ exact }) => exact.inner);
  const imagesOf = found.map(([, masks]) => new Set(masks.flatMap((mask) => imagesBeside(mask, named))));
  const [first, ...others] = imagesOf;
  const areOfOne = others.every((other) => [...other].some((image) => first?.has(image)));
  return areOfOne ? found.map(([name, masks]) => ({ name, masks })) : [];
}

function imagesBeside(
  { beside, exact }: ClassifiedPath,
  named: ReadonlyMap<string, readonly ClassifiedPath[]>,
): ClassifiedPath[] {
  const images = named.get(exact.inner) ?? [];
  return images.filter((image) => image.beside.every((folder) => beside.includes(folder)));
}

/** The surest first: what adds nothing more, then by the word for masks that it has. */
function ranked(kinds: readonly Kind[]): (Kind & { readonly rank: number })[] {
  return kinds
    .map((kind) => {
      const role = stemRole(kind.name);
      return { ...kind, rank: kind.name === '' ? 0 : role.kind === 'mask' ? 1 + role.rank : UNKNOWN };
    })
    .sort((a, b) => a.rank - b.rank);
}

/** Masks that are called alike in the folders of several images; those that are only numbered are of one kind. */
function kindsByName(
  group: readonly ClassifiedPath[],
  names: NamesOfImages,
): (Kind & { readonly rank: number })[] {
  const inFolders = (masks: readonly ClassifiedPath[]): number =>
    new Set(masks.map(({ folder }) => folder)).size;
  if (inFolders(group) < FEWEST || group.some(({ exact }) => names.has(exact.inner))) return [];
  const letters = ({ exact }: ClassifiedPath): string => exact.inner.replace(/[^\p{L}\p{M}]+/gu, ' ').trim();
  const ofName = Map.groupBy(group, letters);
  const areCalledAlike = [...ofName].every(([name, masks]) => name !== '' && inFolders(masks) > 1);
  if (!areCalledAlike || ofName.size < 2) return [];
  return [...ofName].map(([name, masks]) => ({ name, masks, rank: 0 }));
}

function guessed(kinds: readonly Kind[], best: Kind): GuessedKind {
  const named = kinds.map(({ name }) => `"${name}"`).join(', ');
  return {
    masks: new Set(best.masks.map(({ path }) => path)),
    finding: {
      severity: 'warning',
      code: 'mask-kind-guessed',
      file: '.',
      problem: `Each image has masks of ${kinds.length} kinds (${named}), and nothing tells which are meant: "${best.name}" is used.`,
      remedy: { kind: 'choose-masks' },
    },
  };
}
