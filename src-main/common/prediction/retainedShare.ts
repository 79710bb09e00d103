import { numberedNames } from '../numberedNames.ts';
import { mean } from '../statistics/mean.ts';
import { studentQuantile } from '../statistics/studentQuantile.ts';

/** What one network keeps of another's accuracy, measured on the same images. */
export interface RetainedShare {
  /** Mean Dice over mean Dice; above 1 where the smaller network is better on these images. */
  readonly share: number;
  /** Ends of its 90 % interval; equal to the share itself with fewer than three images. */
  readonly low: number;
  readonly high: number;
  readonly images: number;
}

interface ScoredImage {
  readonly name: string;
  readonly dice: number;
}

const LEVEL = 0.9;
/** Fewest images from which a spread can be told. */
const FEWEST = 3;

/**
 * Ratio of mean Dice with a paired interval: images that are hard are hard for both networks, which the difference dice - R reference of each image
 * takes out. Fieller's linearisation: standard error = sd(dice - R reference) / (sqrt(n) mean(reference)), Student's quantile.
 *
 * @param network and `reference` scores of images, in one order: several may have the same name. Only those that both scored count
 * @returns null where there is no common image, or the reference found nothing on any
 */
export function retainedShare(
  network: readonly ScoredImage[],
  reference: readonly ScoredImage[],
): RetainedShare | null {
  const keys = numberedNames(reference);
  const full = new Map(reference.map(({ dice }, index) => [keys[index], dice]));
  const own = numberedNames(network);
  const pairs = network.flatMap(({ dice }, index) => {
    const other = full.get(own[index]);
    return other === undefined ? [] : [{ dice, reference: other }];
  });
  const base = mean(pairs.map((pair) => pair.reference));
  if (!(base > 0)) return null;
  const share = mean(pairs.map(({ dice }) => dice)) / base;
  const images = pairs.length;
  if (images < FEWEST) return { share, low: share, high: share, images };
  const squares = pairs.reduce((sum, pair) => sum + (pair.dice - share * pair.reference) ** 2, 0);
  const error = Math.sqrt(squares / (images - 1) / images) / base;
  const half = studentQuantile(LEVEL, images - 1) * error;
  return { share, low: Math.max(0, share - half), high: share + half, images };
}
