import type { Finding, Sample } from '#common/dataset/dataset.ts';
import { counted } from '#common/format.ts';
import { alikeImages } from './alikeImages.ts';
import type { ExaminedSample } from './examinePair.ts';

const NAMED = 3;
/** More pairs than this tell nothing that fewer do not. */
const MOST_PAIRS = 20_000;

/** Pairs of samples that are nearly the same and not kept together anyhow, as copies and slices of one volume are. */
export function alikePairs(examined: readonly ExaminedSample[]): [number, number][] {
  return alikeImages(examined)
    .filter(([a, b]) => {
      const [one, other] = [examined[a]?.sample, examined[b]?.sample];
      const isCopy = one?.imageHash === other?.imageHash;
      return !isCopy && !(one?.group && one.group === other?.group);
    })
    .slice(0, MOST_PAIRS);
}

/** Nearly the same images on two sides of a split make the test look better than the network is. */
export function alikeFindings(
  samples: readonly Sample[],
  pairs: readonly (readonly [number, number])[],
): Finding[] {
  if (pairs.length === 0) return [];
  const nameOf = (index: number): string => {
    const { image = '', page = 0, name = '' } = samples[index] ?? {};
    return page > 0 ? name : image;
  };
  const named = pairs.slice(0, NAMED).map(([a, b]) => `${nameOf(a)} and ${nameOf(b)}`);
  const more = pairs.length > NAMED ? `; and ${counted(pairs.length - NAMED, 'more pair')}` : '';
  const across = pairs.filter(([a, b]) => samples[a]?.givenSplit !== samples[b]?.givenSplit).length;
  const torn =
    across > 0
      ? ` ${counted(across, 'pair')} of them lie${across === 1 ? 's' : ''} in different splits.`
      : '';
  return [
    {
      severity: 'warning',
      code: 'alike-images',
      file: '.',
      problem: `${counted(pairs.length, 'pair')} of images ${pairs.length === 1 ? 'is' : 'are'} nearly the same, also where mirrored, turned, scaled or saved anew: ${named.join('; ')}${more}.${torn} With one in training and the other in the test, the test looks better than the network is.`,
      remedy: { kind: 'keep-alike' },
    },
  ];
}
