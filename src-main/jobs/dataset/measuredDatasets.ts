import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import { CancelledError } from '#common/errors.ts';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { Project } from '../../project/project.ts';
import { datasetComplexity } from './datasetComplexity.ts';

/**
 * What is known of the datasets that runs belong to, by fingerprint, at a working resolution. Those of this project whose
 * complexity was measured in an older way are measured anew; where their files are gone or cannot be read, they are left out.
 */
export async function measuredDatasets(
  project: Project,
  workingSide: number,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<ReadonlyMap<string, CalibratedDataset>> {
  const recipe = complexityRecipe(workingSide);
  const calibrated = new Set(project.runs.all().map((run) => run.datasetFingerprint));
  const known = project.calibratedDatasets.measuredBy(recipe);
  for (const dataset of project.datasets.list()) {
    if (!calibrated.has(dataset.fingerprint) || known.has(dataset.fingerprint)) continue;
    try {
      await datasetComplexity(project, dataset, workingSide, 'train', signal, onProgress);
    } catch (error) {
      if (error instanceof CancelledError) throw error;
    }
  }
  return project.calibratedDatasets.measuredBy(recipe);
}
