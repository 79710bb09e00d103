import { averageComplexity } from '../../complexity/averageComplexity.ts';
import { measureDataset } from '../../complexity/measureDataset.ts';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import { withSamples } from './withSamples.ts';

/**
 * Mean complexity over the training images. What is stored is reused; what is missing is measured and stored image by image,
 * so that an interrupted measurement continues.
 * @param which "train" measures what the mean needs; "all" also the other images, which the browser sorts by
 */
export async function datasetComplexity(
  project: Project,
  dataset: DatasetRecord,
  workingSide: number,
  which: 'train' | 'all',
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<DatasetComplexity> {
  const recipe = complexityRecipe(workingSide);
  const images = project.images.ofDataset(dataset.id, which === 'train' ? 'train' : undefined);
  const stored = project.complexity.ofDataset(dataset.id, recipe);
  if (images.some((image) => !stored.has(image.id))) {
    const already = { has: (index: number) => stored.has(images[index]?.id ?? -1) };
    await withSamples(project, dataset, workingSide, async (samplesOf) => {
      const samples = samplesOf(which === 'train' ? 'train' : undefined);
      for await (const { index, complexity } of measureDataset(samples, { signal, onProgress, already })) {
        const image = images[index];
        if (image) project.complexity.put(recipe, new Map([[image.id, complexity]]));
      }
    });
  }
  const training = [...project.complexity.ofDataset(dataset.id, recipe, 'train').values()];
  return { recipe, mean: averageComplexity(training), trainingImages: training.length };
}
