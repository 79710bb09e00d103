import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import { evenlySpaced } from '#common/evenlySpaced.ts';
import type { Complexity } from '#common/dataset/complexity.ts';
import { IMAGE_MEASURES, spreadOf, type TrainingProfile } from '#common/use/trainingProfile.ts';
import { throwIfCancelled } from '#common/errors.ts';
import { measureBatch } from '../../complexity/measureBatch.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import { withSamples } from '../dataset/withSamples.ts';

/** Training images that are measured where the project knows no values: enough to tell what they are like. */
const MOST_MEASURED = 32;

/** What the training images of a dataset are like. Complexity is what the project has stored, else measured on some of them. */
export async function trainingProfile(
  project: Project,
  dataset: DatasetRecord,
  workingSide: number,
  signal: AbortSignal,
): Promise<TrainingProfile> {
  const images = project.images.ofDataset(dataset.id, 'train');
  const sides = images.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
  const recipe = complexityRecipe(workingSide);
  const stored = [...project.complexity.ofDataset(dataset.id, recipe, 'train').values()];
  const values = stored.length > 0 ? stored : await measured(project, dataset, workingSide, signal);
  return {
    images: images.length,
    channels: [...new Set(images.map(({ channels }) => channels))],
    depths: byFrequency(images.map(({ bitDepth }) => bitDepth)),
    side: {
      low: sides[0] ?? workingSide,
      median: sides[sides.length >> 1] ?? workingSide,
      high: sides.at(-1) ?? workingSide,
    },
    complexity: {
      recipe,
      measures: Object.fromEntries(
        IMAGE_MEASURES.map((measure) => [measure, spreadOf(values.map((value) => value[measure]))]),
      ),
    },
  };
}

function byFrequency<Value>(values: readonly Value[]): Value[] {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

async function measured(
  project: Project,
  dataset: DatasetRecord,
  workingSide: number,
  signal: AbortSignal,
): Promise<Complexity[]> {
  return withSamples(project, dataset, { workingSide }, async (samplesOf) => {
    const source = samplesOf('train');
    const values: Complexity[] = [];
    for (const index of evenlySpaced(source.length, MOST_MEASURED)) {
      throwIfCancelled(signal, 'Measuring the training images');
      values.push(...(await measureBatch([await source.load(index, signal)])));
    }
    return values;
  });
}
