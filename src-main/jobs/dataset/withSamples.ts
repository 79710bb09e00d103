import { existsSync } from 'node:fs';
import type { Split, TestSource } from '#common/dataset/dataset.ts';
import type { Fold } from '#common/dataset/fold.ts';
import { CcnetError } from '#common/errors.ts';
import { dealtImages } from './dealtImages.ts';
import { openSource } from '../../dataset/source/openSource.ts';
import { sampleSource } from '../../dataset/working/sampleSource.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';

/** The samples of a stored dataset at the working resolution: those of one split, or all. */
export type SamplesOf = (split?: Split) => TestSource;

/** Opens the files of a stored dataset, dealt by its own split or a fold, runs `body` and closes them. @throws dataset-missing when the folder is gone */
export async function withSamples<Result>(
  project: Project,
  dataset: DatasetRecord,
  { workingSide, fold = null }: { readonly workingSide: number; readonly fold?: Fold | null },
  body: (samplesOf: SamplesOf) => Promise<Result>,
): Promise<Result> {
  const source = await openSource(dataset.root).catch((cause: unknown) => {
    if (existsSync(dataset.root)) throw cause;
    const { name, root } = dataset;
    throw new CcnetError('dataset-missing', { dataset: name, root }, { cause });
  });
  try {
    const { channels, reading } = dataset;
    return await body((split) =>
      sampleSource(source, dealtImages(project, dataset.id, fold, split), { workingSide, channels, reading }),
    );
  } finally {
    await source.close();
  }
}
