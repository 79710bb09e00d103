import { createHash } from 'node:crypto';
import type { Sample } from '#common/dataset/dataset.ts';

/** SHA-256 (hex) over the sorted content hashes of images and masks: the same for any names, order, or file format. */
export function datasetFingerprint(samples: readonly Pick<Sample, 'imageHash' | 'maskHash'>[]): string {
  const contents = samples.map((sample) => `${sample.imageHash}:${sample.maskHash}`).sort();
  return createHash('sha256').update(contents.join('\n')).digest('hex');
}
