import type { Finding } from '#common/dataset/dataset.ts';
import type { ClassifiedPath } from './classifyPaths.ts';
import {
  type Affix,
  FEWEST,
  namedAlike,
  type NamedAlike,
  type NamesOfImages,
  namesOfImages,
} from './constantAffix.ts';
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
    const additions = namedAlike(
      group.filter(({ exact }) => !names.has(exact.inner)),
      names,
    );
    const added = kindsByAddition(additions);
    const inFolders = added.length === 0 ? kindsByFolder(group, images, names, additions) : [];
    const isTogether = added.length + inFolders.length === 0;
    const kinds = isTogether ? kindsByName(group, names) : ranked([...added, ...inFolders]);
    const [best, second] = kinds;
    if (!best || !second) continue;
    if (!isTogether && (best.rank === second.rank || isElsewhere(best, kinds, images)))
      guesses.push(guessed(kinds, best));
    if (!isTogether && best.rank > 0) guesses.push(...beforeKinds(masks, kinds));
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

function kindsByAddition(found: readonly NamedAlike[]): Kind[] {
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
function kindsByFolder(
  group: readonly ClassifiedPath[],
  images: readonly ClassifiedPath[],
  names: NamesOfImages,
  additions: readonly NamedAlike[],
): Kind[] {
  const ofImages = new Set(images.flatMap(({ beside }) => beside));
  const folderOf = ({ beside }: ClassifiedPath): string =>
    beside.filter((folder) => !ofImages.has(folder)).join('/');
  const found = [...Map.groupBy(group, folderOf)];
  if (found.length < 2 || found.some(([, masks]) => masks.length < FEWEST)) return [];
  const [addition] = additions;
  const imagesOf = found.map(
    ([, masks]) =>
      new Set(
        masks.flatMap((mask) => imagesBeside(mask, names, addition?.masks.get(mask) ?? mask.exact.inner)),
      ),
  );
  const [first, ...others] = imagesOf;
  const areOfOne = others.every((other) => [...other].some((image) => first?.has(image)));
  return areOfOne ? found.map(([name, masks]) => ({ name, masks })) : [];
}

function imagesBeside({ beside }: ClassifiedPath, names: NamesOfImages, name: string): ClassifiedPath[] {
  const images = names.get(name) ?? [];
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

/** Masks of no image's own folder, where those of other kinds are: what adds no word there may be a copy that was put aside. */
function isElsewhere(best: Kind, kinds: readonly Kind[], images: readonly ClassifiedPath[]): boolean {
  const ofImages = new Set(images.map(({ beside }) => beside.join('/')));
  const isInPlace = ({ masks }: Kind): boolean => masks.some(({ beside }) => ofImages.has(beside.join('/')));
  return !isInPlace(best) && kinds.some(isInPlace);
}

const nameOf = ({ name, masks }: Kind): string => (name === '' ? (masks[0]?.folder ?? '') : name);

const quoted = (kinds: readonly Kind[]): string => kinds.map((kind) => `"${nameOf(kind)}"`).join(', ');

function guessed(kinds: readonly Kind[], best: Kind): GuessedKind {
  return guessOf(
    best.masks,
    `Each image has masks of ${kinds.length} kinds (${quoted(kinds)}), and nothing tells which are meant: "${nameOf(best)}" is used.`,
  );
}

/** Masks elsewhere that are as sure as those of several kinds, of which nothing tells which are meant: they may be an old copy. */
function beforeKinds(masks: readonly ClassifiedPath[], kinds: readonly Kind[]): GuessedKind[] {
  const ofKinds = kinds.flatMap((kind) => kind.masks);
  const [one] = ofKinds;
  const folders = new Set(ofKinds.map(({ folder }) => folder));
  const rivals = masks.filter(
    ({ rank, evidence, folder }) => rank === one?.rank && (evidence !== one.evidence || !folders.has(folder)),
  );
  const [rival] = rivals;
  if (!one || !rival) return [];
  const problem = `${one.folder || 'The folder'} holds masks of ${kinds.length} kinds (${quoted(kinds)}), of which nothing tells which are meant: those of ${rival.folder || 'the folder'} are used.`;
  return [guessOf(rivals, problem)];
}

function guessOf(masks: readonly ClassifiedPath[], problem: string): GuessedKind {
  return {
    masks: new Set(masks.map(({ path }) => path)),
    finding: {
      severity: 'warning',
      code: 'mask-kind-guessed',
      file: '.',
      problem,
      remedy: { kind: 'choose-masks' },
    },
  };
}
