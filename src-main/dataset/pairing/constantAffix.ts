import type { ClassifiedPath } from './classifyPaths.ts';

/** What a tool adds to the names of all its masks: "" and "_sam" of "c1_sam". */
export interface Affix {
  readonly before: string;
  readonly after: string;
}

/** Masks of which all add the same to the names of images, each with the name that is left. */
export interface NamedAlike {
  readonly affix: Affix;
  readonly masks: ReadonlyMap<ClassifiedPath, string>;
}

/** Images by the names by which masks may mean them. */
export type NamesOfImages = ReadonlyMap<string, readonly ClassifiedPath[]>;

/** Two masks that add the same may do so by chance of two short names; three do not. */
export const FEWEST = 3;
/** Masks that are tried for what they may add, and kinds that are looked for. */
const MOST_TRIES = 20;

/**
 * Names by which masks may mean images: as they are written, and without the last words that all images end in ("_leftImg8bit").
 */
export function namesOfImages(images: readonly ClassifiedPath[]): Map<string, ClassifiedPath[]> {
  const names = Map.groupBy(images, ({ exact }) => exact.inner);
  const ending = commonEnding([...names.keys()]);
  if (ending === '' || images.length < FEWEST) return names;
  for (const image of images) {
    const core = image.exact.inner.slice(0, -ending.length);
    names.set(core, [...(names.get(core) ?? []), image]);
  }
  return names;
}

/** The words that all names end in, with what joins them to the rest; "" where a word begins with a digit, which tells images apart. */
function commonEnding(names: readonly string[]): string {
  const [first = ''] = names;
  let length = first.length;
  for (const name of names) while (length > 0 && !name.endsWith(first.slice(-length))) length -= 1;
  const shared = length === 0 ? '' : first.slice(-length);
  const ending = /(?:[^\p{L}\p{N}]+\p{L}[\p{L}\p{N}]*)+$/u.exec(shared)?.[0] ?? '';
  return names.some((name) => name.length <= ending.length) ? '' : ending;
}

/**
 * Sorts masks by what they add to the names of images: one addition for each kind, that a separator joins and in which no word begins with a
 * digit, so that c1 and c10 stay apart. Kinds of fewer than three masks, and masks that fit in two ways, are in none.
 * @param names of images, as `namesOfImages` gives them
 */
export function namedAlike(masks: readonly ClassifiedPath[], names: NamesOfImages): NamedAlike[] {
  const found: NamedAlike[] = [];
  let open = [...masks];
  for (let tries = 0; tries < MOST_TRIES && open.length >= FEWEST; tries += 1) {
    const [first, ...rest] = open;
    const kinds = affixesOf(first?.exact.inner ?? '', names.keys())
      .map((affix) => ({ affix, masks: strippedOf(open, affix, names) }))
      .sort((a, b) => b.masks.size - a.masks.size || added(a.affix) - added(b.affix));
    const [best, ...others] = kinds;
    const isUnclear = others.some(
      (other) => other.masks.size === best?.masks.size && !meanTheSame(best.masks, other.masks, names),
    );
    if (!best || best.masks.size < FEWEST || isUnclear) {
      open = rest;
      continue;
    }
    found.push(best);
    open = open.filter((mask) => !best.masks.has(mask));
  }
  return found;
}

const added = ({ before, after }: Affix): number => before.length + after.length;

/** Two ways to cut the same masks that lead to the same images, one with and one without what all images end in. */
function meanTheSame(one: NamedAlike['masks'], other: NamedAlike['masks'], names: NamesOfImages): boolean {
  return [...one].every(
    ([mask, name]) => names.get(name)?.[0] === names.get(other.get(mask) ?? '')?.[0] && other.has(mask),
  );
}

function strippedOf(
  masks: readonly ClassifiedPath[],
  affix: Affix,
  names: NamesOfImages,
): Map<ClassifiedPath, string> {
  const stripped = new Map<ClassifiedPath, string>();
  for (const mask of masks) {
    const name = withoutAffix(mask.exact.inner, affix);
    if (name !== null && names.has(name)) stripped.set(mask, name);
  }
  return stripped;
}

function affixesOf(mask: string, images: Iterable<string>): Affix[] {
  const affixes: Affix[] = [];
  for (const image of images) {
    const at = image === '' ? -1 : mask.indexOf(image);
    if (at < 0) continue;
    const affix = { before: mask.slice(0, at), after: mask.slice(at + image.length) };
    const isJoined =
      /^(.*[^\p{L}\p{N}])?$/su.test(affix.before) && /^([^\p{L}\p{N}].*)?$/su.test(affix.after);
    const added = `${affix.before} ${affix.after}`;
    const isWord = /\p{L}/u.test(added) && !/(?<![\p{L}\p{N}])\p{N}/u.test(added);
    if (isJoined && isWord) affixes.push(affix);
  }
  return affixes;
}

function withoutAffix(mask: string, { before, after }: Affix): string | null {
  const isLong = mask.length > before.length + after.length;
  if (!isLong || !mask.startsWith(before) || !mask.endsWith(after)) return null;
  return mask.slice(before.length, mask.length - after.length);
}
