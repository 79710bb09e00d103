import { averageComplexity } from '../../complexity/averageComplexity.ts';
import { measureDataset } from '../../complexity/measureDataset.ts';
import { CcnetError } from '#common/errors.ts';
import { canonicalJson } from '#common/canonicalJson.ts';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import { datasetSegmentability } from './datasetSegmentability.ts';
import { withSamples } from './withSamples.ts';

/**
 * Complexity of a dataset: means over the training images, and how segmentable they are together. What is stored is reused;
 * what is missing is measured and stored image by image, so that an interrupted measurement continues. The runs on the
 * dataset are from now on compared with others by it.
 * @throws split-empty without a training image
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
    await withSamples(project, dataset, { workingSide }, async (samplesOf) => {
      const samples = samplesOf(which === 'train' ? 'train' : undefined);
      for await (const { index, complexity } of measureDataset(samples, { signal, onProgress, already })) {
        const image = images[index];
        if (image) project.complexity.put(recipe, new Map([[image.id, complexity]]));
      }
    });
  }
  const training = [...project.complexity.ofDataset(dataset.id, recipe, 'train').values()];
  if (training.length === 0) throw new CcnetError('split-empty', { split: 'training' });
  const { value } = await datasetSegmentability(project, dataset, workingSide, signal, onProgress);
  const complexity = {
    recipe,
    mean: averageComplexity(training),
    segmentability: value,
    trainingImages: training.length,
  };
  const { fingerprint, name } = dataset;
  const known = project.calibratedDatasets.measuredBy(recipe).get(fingerprint)?.complexity;
  if (!known || canonicalJson(known) !== canonicalJson(complexity)) {
    const images = project.datasets.imagesOf(fingerprint);
    const related = images === fingerprint ? null : images;
    project.calibratedDatasets.put({ fingerprint, name, related, complexity });
  }
  return complexity;
}
