import type { ClassifiedPath } from './classifyPaths.ts';

/** What a tool adds to the names of all its masks: "" and "_sam" of "c1_sam". */
interface Affix {
  readonly before: string;
  readonly after: string;
}

/** Two masks that add the same may do so by chance of two short names; three do not. */
const FEWEST = 3;

/**
 * Pairs masks with images by what all masks of a folder add to the names of the images of another, or the same, folder: one addition for
 * every mask, that a separator joins and in which no word begins with a digit, so that c1 and c10 stay apart. Null where there is none, or more than one.
 * @param images without a mask @param masks of one folder, without an image
 */
export function pairsByAffix(
  images: readonly ClassifiedPath[],
  masks: readonly ClassifiedPath[],
): [image: ClassifiedPath, mask: ClassifiedPath][] | null {
  const [first] = masks;
  if (!first || masks.length < FEWEST) return null;
  const found: [ClassifiedPath, ClassifiedPath][][] = [];
  for (const inFolder of Map.groupBy(images, ({ folder }) => folder).values()) {
    const byName = new Map(inFolder.map((image) => [image.exact.inner, image]));
    for (const affix of affixesOf(first.exact.inner, byName.keys())) {
      const pairs = masks.flatMap((mask): [ClassifiedPath, ClassifiedPath][] => {
        const image = byName.get(withoutAffix(mask.exact.inner, affix) ?? '');
        return image ? [[image, mask]] : [];
      });
      if (pairs.length === masks.length) found.push(pairs);
    }
  }
  return found.length === 1 ? (found[0] ?? null) : null;
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
