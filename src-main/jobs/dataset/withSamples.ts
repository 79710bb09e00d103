import { existsSync } from 'node:fs';
import type { Split, TestSource } from '#common/dataset/dataset.ts';
import { CcnetError } from '#common/errors.ts';
import { openSource } from '../../dataset/source/openSource.ts';
import { sampleSource } from '../../dataset/working/sampleSource.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';

/** The samples of a stored dataset at the working resolution: those of one split, or all. */
export type SamplesOf = (split?: Split) => TestSource;

/** Opens the files of a stored dataset, runs `body` and closes them. @throws dataset-missing when the folder is gone */
export async function withSamples<Result>(
  project: Project,
  dataset: DatasetRecord,
  workingSide: number,
  body: (samplesOf: SamplesOf) => Promise<Result>,
): Promise<Result> {
  const source = await openSource(dataset.root).catch((cause: unknown) => {
    if (existsSync(dataset.root)) throw cause;
    const { name, root } = dataset;
    throw new CcnetError('dataset-missing', { dataset: name, root }, { cause });
  });
  try {
    return await body((split) =>
      sampleSource(source, project.images.ofDataset(dataset.id, split), {
        workingSide,
        channels: dataset.channels,
      }),
    );
  } finally {
    await source.close();
  }
}
