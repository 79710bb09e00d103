import { folderOf, stemOf } from './classifyPaths.ts';

/**
 * Finds images by what annotation files call them: a path, a file's name, or a name without extension. Of several images of a name those nearest to
 * the annotation file count.
 * @returns one image, none, or several that are as near, of which nothing tells the one that is meant
 */
export function imagesByName(images: readonly string[]): (name: string, annotation: string) => string[] {
  const byName = new Map<string, string[]>();
  const add = (key: string, image: string): void => {
    const found = byName.get(key);
    if (found) found.push(image);
    else byName.set(key, [image]);
  };
  for (const image of images) {
    const file = image.slice(image.lastIndexOf('/') + 1).normalize('NFC');
    add(file, image);
    const stem = stemOf(image);
    if (stem !== file) add(stem, image);
  }
  return (name, annotation) => {
    const parts = name
      .replaceAll('\\', '/')
      .normalize('NFC')
      .split('/')
      .filter((part) => part !== '.' && part !== '');
    const file = parts.at(-1) ?? '';
    const bare = file.replace(/^[0-9a-f]{8}-/, '');
    const found =
      byName.get(file) ?? byName.get(bare) ?? byName.get(stemOf(file)) ?? byName.get(stemOf(bare)) ?? [];
    if (found.length <= 1) return found;
    const agreeing = (image: string): number => {
      const segments = image.normalize('NFC').split('/');
      let same = 0;
      while (same < parts.length && parts.at(-1 - same) === segments.at(-1 - same)) same += 1;
      return same;
    };
    const near = (image: string): number => sharedFolders(folderOf(image), folderOf(annotation));
    const best = [...found].sort((a, b) => agreeing(b) - agreeing(a) || near(b) - near(a));
    const [first, second] = best;
    if (first === undefined) return [];
    const isClear = second === undefined || agreeing(first) > agreeing(second) || near(first) > near(second);
    return isClear
      ? [first]
      : best.filter((one) => agreeing(one) === agreeing(first) && near(one) === near(first));
  };
}

function sharedFolders(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared += 1;
  return shared;
}
