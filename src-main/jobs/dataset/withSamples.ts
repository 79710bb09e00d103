import { existsSync } from 'node:fs';
import type { Split, TestSource } from '#common/dataset/dataset.ts';
import type { Fold } from '#common/dataset/fold.ts';
import { CcnetError } from '#common/errors.ts';
import { dealtImages } from './dealtImages.ts';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import { openSource } from '../../dataset/source/openSource.ts';
import { sampleSource } from '../../dataset/working/sampleSource.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import type { TaskDataset, TaskSamples } from '../training/trainingTask.ts';

/** The samples of a stored dataset at the working resolution: those of one split, or all. */
export type SamplesOf = (split?: Split) => TestSource;

/** Opens the files of a stored dataset, dealt by its own split or a fold, runs `body` and closes them. @throws dataset-missing when the folder is gone */
export async function withSamples<Result>(
  project: Project,
  dataset: DatasetRecord,
  { workingSide, fold = null }: { readonly workingSide: number; readonly fold?: Fold | null },
  body: (samplesOf: SamplesOf) => Promise<Result>,
): Promise<Result> {
  const { channels, reading } = dataset;
  return withFiles(dataset, (source) =>
    body((split) =>
      sampleSource(source, dealtImages(project, dataset.id, fold, split), { workingSide, channels, reading }),
    ),
  );
}

/** Opens the files of a task's dataset, runs `body` and closes them. @throws dataset-missing when the folder is gone */
export async function withTaskSamples<Result>(
  dataset: TaskDataset,
  workingSide: number,
  body: (samplesOf: TaskSamples) => Promise<Result>,
): Promise<Result> {
  const { channels, reading, images } = dataset;
  return withFiles(dataset, (source) =>
    body((split) =>
      sampleSource(source, split ? images.filter((image) => image.split === split) : images, {
        workingSide,
        channels,
        reading,
      }),
    ),
  );
}

/** Opens the files of a dataset, runs `body` and closes them. @throws dataset-missing when the folder is gone */
export async function withFiles<Result>(
  { name, root }: Pick<DatasetRecord, 'name' | 'root'>,
  body: (source: DatasetSource) => Promise<Result>,
): Promise<Result> {
  const source = await openSource(root).catch((cause: unknown) => {
    if (existsSync(root)) throw cause;
    throw new CcnetError('dataset-missing', { dataset: name, root }, { cause });
  });
  try {
    return await body(source);
  } finally {
    await source.close();
  }
}
