import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import type { Segmentability } from '#common/dataset/segmentability.ts';
import type { OnProgress } from '#contract/progress.ts';
import { measureSegmentability } from '../../complexity/measureSegmentability.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import { withSamples } from './withSamples.ts';

/** Segmentability of the training images of a dataset: what is stored, or else measured now and stored. */
export async function datasetSegmentability(
  project: Project,
  dataset: DatasetRecord,
  workingSide: number,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Segmentability> {
  const recipe = complexityRecipe(workingSide);
  const stored = project.complexity.segmentability(dataset.id, recipe);
  if (stored) return stored;
  const measured = await withSamples(project, dataset, { workingSide }, (samplesOf) =>
    measureSegmentability(samplesOf('train'), { signal, onProgress }),
  );
  project.complexity.putSegmentability(dataset.id, recipe, measured);
  return measured;
}
