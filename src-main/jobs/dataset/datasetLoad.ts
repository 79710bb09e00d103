import { availableParallelism } from 'node:os';
import { CcnetError } from '#common/errors.ts';
import { SPLITS, type Split } from '#common/dataset/dataset.ts';
import { workingSize } from '../../dataset/working/workingSize.ts';
import type { ImageSize, TrainingLoad } from '../../trainingCost/trainingLoad.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import { withSamples } from './withSamples.ts';

/** What a stored dataset adds to the cost of a training at a working resolution; a few images are read to time it. */
export async function datasetLoad(
  project: Project,
  dataset: DatasetRecord,
  workingSide: number,
): Promise<TrainingLoad> {
  const all = project.images.ofDataset(dataset.id);
  const sizes = (split: Split): ImageSize[] =>
    all
      .filter((image) => image.split === split)
      .map(({ width, height }) => workingSize(width, height, workingSide));
  const [train, validation, test] = SPLITS.map(sizes);
  return {
    channels: dataset.channels,
    images: { train: train ?? [], validation: validation ?? [], test: test ?? [] },
    loadSeconds: await loadSeconds(project, dataset, workingSide),
    decodedBytes: all.reduce(
      (most, { width, height, channels, bitDepth }) =>
        Math.max(most, (width * height * channels * bitDepth) / 8),
      0,
    ),
  };
}

/** Seconds per image when as many are decoded at once as there are threads, as the trainer does. */
async function loadSeconds(project: Project, dataset: DatasetRecord, workingSide: number): Promise<number> {
  try {
    return await withSamples(project, dataset, { workingSide }, async (samplesOf) => {
      const samples = samplesOf('train');
      const count = Math.min(samples.length, availableParallelism());
      if (count === 0) return 0;
      const started = performance.now();
      await Promise.all(Array.from({ length: count }, (_, index) => samples.load(index)));
      return (performance.now() - started) / 1000 / count;
    });
  } catch (error) {
    // A prediction needs no files; whoever trains is told by the trainer itself that they are gone.
    if (error instanceof CcnetError) return 0;
    throw error;
  }
}
