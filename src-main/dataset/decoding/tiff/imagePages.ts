import { numberOf, TAG, textOf } from './tiffDirectories.ts';
import type { TiffPage } from './tiffPage.ts';

const REDUCED_OR_MASK = 1 | 4;
const REDUCED_OLD_STYLE = 2;
/** How far the sides of a smaller copy may differ from an exact scaling: levels are rounded, and some to whole tiles. */
const ASPECT = 0.03;

/**
 * The pages of a TIFF that are images of their own. Smaller copies of a page (the levels of a pyramid, thumbnails) and
 * transparency masks are left out: those that say so (NewSubfileType, SubfileType), all further pages of Aperio's scanners, and those that look
 * like it: every page is smaller than the one before, or every one larger, and all have one shape.
 */
export function imagePages(pages: readonly TiffPage[]): TiffPage[] {
  const own = pages.filter(({ directory }) => {
    const kind = numberOf(directory, TAG.newSubfileType, 0);
    const oldKind = numberOf(directory, TAG.subfileType, 1);
    return (kind & REDUCED_OR_MASK) === 0 && oldKind !== REDUCED_OLD_STYLE;
  });
  // A file of nothing but copies has lost its original: what is there is shown.
  const found = own.length > 0 ? own : pages;
  const [first] = found;
  if (first && textOf(first.directory, TAG.imageDescription).startsWith('Aperio')) return [first];
  for (const levels of [found, found.toReversed()]) if (isPyramid(levels)) return levels.slice(0, 1);
  return [...found];
}

function isPyramid([first, ...others]: readonly TiffPage[]): boolean {
  if (!first || others.length === 0) return false;
  let above = first;
  return others.every((page) => {
    const smaller = page.width < above.width && page.height < above.height;
    const shape = Math.abs((page.width / page.height) * (first.height / first.width) - 1);
    const rounding = 1 / Math.max(1, Math.min(page.width, page.height));
    above = page;
    return smaller && shape <= Math.max(ASPECT, rounding);
  });
}
