import type { ClassifiedPath } from './classifyPaths.ts';
import { naturalOrder } from './naturalOrder.ts';

const BEST_FORMATS_FIRST = ['tif', 'tiff', 'png', 'bmp', 'gif', 'webp', 'jpg', 'jpeg'];

/**
 * Of several image files with one name, the one whose format loses least; null when they lie in different folders,
 * because then nothing tells which of them is meant.
 */
export function losslessOf(rivals: readonly ClassifiedPath[]): ClassifiedPath | null {
  const [first] = rivals;
  if (first === undefined || rivals.some((rival) => rival.folder !== first.folder)) return null;
  return [...rivals].sort(byFormat)[0] ?? null;
}

/** Of several masks for one image: one called "mask" before others, then lossless formats, then natural order. */
export function preferredMask(rivals: readonly ClassifiedPath[]): ClassifiedPath {
  const [best] = [...rivals].sort(
    (a, b) =>
      Number(/mask/i.test(b.evidence)) - Number(/mask/i.test(a.evidence)) ||
      byFormat(a, b) ||
      naturalOrder(a.path, b.path),
  );
  if (best === undefined) throw new RangeError('preferredMask needs at least one mask.');
  return best;
}

function byFormat(a: ClassifiedPath, b: ClassifiedPath): number {
  const place = (path: string): number => {
    const found = BEST_FORMATS_FIRST.indexOf(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
    return found < 0 ? BEST_FORMATS_FIRST.length : found;
  };
  return place(a.path) - place(b.path);
}
