import type { Split } from '#common/dataset/dataset.ts';
import type { Fold } from '#common/dataset/fold.ts';
import { foldSplits } from '../../dataset/splits/foldSplits.ts';
import type { Project } from '../../project/project.ts';
import type { ImageRecord } from '../../project/records/images.ts';

/**
 * The images of a stored dataset, or those of one split: its own, or that of a fold.
 * @throws too-few-for-folds
 */
export function dealtImages(
  project: Project,
  dataset: number,
  fold: Fold | null,
  split?: Split,
): ImageRecord[] {
  if (!fold) return project.images.ofDataset(dataset, split);
  const images = project.images.ofDataset(dataset);
  const dealt = foldSplits(images, fold);
  const all = images.map((image, index) => ({ ...image, split: dealt[index] ?? image.split }));
  return split ? all.filter((image) => image.split === split) : all;
}
