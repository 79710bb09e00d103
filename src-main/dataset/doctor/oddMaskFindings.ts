import { counted, formatDigits } from '#common/format.ts';
import type { Finding, Sample } from '#common/dataset/dataset.ts';
import type { ExaminedSample } from './examinePair.ts';

/** Fewer masks than this do not tell what is usual. */
const FEWEST = 4;
/** Share of the masks that may stand out; more are another kind of image. */
const FEW = 0.2;
const NAMED = 3;
/** Share of a border that is wholly marked, and the most of one that is not. */
const WHOLE = 0.98;
const PART = 0.5;

type Named = Pick<Sample, 'image' | 'masks' | 'foreground' | 'imageHash' | 'maskHash'>;
type Odd = Pick<ExaminedSample, 'borderMarked'> & { readonly sample: Named };

/** Masks that are sound by themselves and odd beside the others: exchanged object and background, and one mask for several images. */
export function oddMaskFindings(examined: readonly Odd[]): Finding[] {
  return [...exchangedFindings(examined), ...sameMaskFindings(examined.map(({ sample }) => sample))];
}

/** A mask that marks most of its image and all of its border, where the others leave theirs and mark about as much as it leaves. */
function exchangedFindings(examined: readonly Odd[]): Finding[] {
  const isOdd = ({ borderMarked, sample }: Odd): boolean =>
    borderMarked >= WHOLE && sample.foreground > 0.5 && sample.foreground < 1;
  const odd = examined.filter(isOdd).map(({ sample }) => sample);
  const others = examined.filter((one) => !isOdd(one) && one.sample.foreground > 0);
  if (others.some(({ borderMarked }) => borderMarked > PART)) return [];
  const usual = others.map(({ sample }) => sample);
  if (odd.length > FEW * examined.length || usual.length < FEWEST) return [];
  let [least, most] = [1, 0];
  for (const { foreground } of usual)
    [least, most] = [Math.min(least, foreground), Math.max(most, foreground)];
  return odd
    .filter(({ foreground }) => 1 - foreground >= least / 2 && 1 - foreground <= most * 2)
    .map(({ image, masks, foreground }) => ({
      severity: 'warning',
      code: 'mask-maybe-exchanged',
      file: masks[0] ?? image,
      problem: `The mask marks ${percent(foreground)} of its image, and the others mark ${percent(least)} to ${percent(most)} of theirs.`,
      remedy: ['Check that object and background were not exchanged in it.', { kind: 'look-at-overlay' }],
    }));
}

/** Mask files of which each marks the very same pixels on another image. */
function sameMaskFindings(samples: readonly Named[]): Finding[] {
  const marking = samples.filter(({ foreground }) => foreground > 0 && foreground < 1);
  const several = [...Map.groupBy(marking, ({ maskHash }) => maskHash).values()].filter(
    (same) =>
      new Set(same.map(({ imageHash }) => imageHash)).size > 1 &&
      new Set(same.map(({ masks }) => masks.join('\n'))).size > 1,
  );
  const [first] = several;
  if (!first) return [];
  const images = several.reduce((sum, same) => sum + same.length, 0);
  const named = first.slice(0, NAMED).map(({ masks, image }) => masks[0] ?? image);
  return [
    {
      severity: 'warning',
      code: 'same-mask',
      file: '.',
      problem: `${counted(images, 'image has', 'images have')} the very same mask as another image: ${named.join(', ')}${images > named.length ? ', ...' : ''}.`,
      remedy: [
        'Right where the same place was recorded again; otherwise a mask was copied or exported in place of another.',
        { kind: 'look-at-overlay' },
      ],
    },
  ];
}

const percent = (share: number): string => `${formatDigits(share * 100, 2)} %`;
