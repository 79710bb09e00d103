import { createHash } from 'node:crypto';
import type { Sample, Split } from '#common/dataset/dataset.ts';
import { assignSplits } from '../splits/assignSplits.ts';
import { inseparable, type SplitSample } from '../splits/inseparable.ts';

type Contents = Pick<Sample, 'imageHash' | 'maskHash'>;

/** Images with their masks, dealt to the splits. */
export interface DealtSample extends Contents, SplitSample {
  readonly split: Split;
}

const sha256 = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('hex');

const contentsOf = ({ imageHash, maskHash }: Contents): string => `${imageHash}:${maskHash}`;

/** SHA-256 (hex) over the sorted content hashes of images and masks: the same for any names, order, file format or splits. */
export function contentsFingerprint(samples: readonly Contents[]): string {
  return sha256(samples.map(contentsOf).sort());
}

/**
 * SHA-256 (hex) of a dataset as networks learn from it and are tested on it: the fingerprint of its contents where these alone decided what
 * was dealt to which split (`assignSplits`, each image for itself), else one over contents, splits and what belongs together. So an accuracy
 * is never taken for that of the same images dealt otherwise, whose test images its network may have learnt from.
 */
export function datasetFingerprint(samples: readonly DealtSample[]): string {
  const contents = contentsFingerprint(samples);
  const parts = inseparable(samples);
  if (isPlain(samples, parts.length)) return contents;
  const dealt = parts.flatMap(({ hash, members }) =>
    members.flatMap((index) => {
      const sample = samples[index];
      return sample ? `${contentsOf(sample)}:${sample.split}:${hash}` : [];
    }),
  );
  return sha256([contents, ...dealt.sort()]);
}

function isPlain(samples: readonly DealtSample[], parts: number): boolean {
  const single = samples.map(({ imageHash }) => ({ imageHash, givenSplit: null }));
  if (inseparable(single).length !== parts) return false;
  const plain = assignSplits(single);
  return samples.every(({ split }, index) => split === plain[index]);
}
