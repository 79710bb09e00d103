import type { Complexity } from '#common/dataset/complexity.ts';
import type { WorkingSample } from '#common/dataset/dataset.ts';
import { measureBatch } from './measureBatch.ts';

/**
 * All measures of one image and its mask at the working resolution (docs/complexity.md).
 * For many images measureDataset or measureBatch is faster.
 * @throws sample-unusable when the sample has no pixels, arrays of a wrong length or intensities that are not finite.
 */
export async function measureComplexity(sample: WorkingSample): Promise<Complexity> {
  const [complexity] = await measureBatch([sample]);
  if (complexity === undefined) throw new RangeError('measureBatch gave no value for its only sample.');
  return complexity;
}
