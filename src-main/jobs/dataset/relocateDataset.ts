import { join, win32 } from 'node:path';
import { CcnetError } from '#common/errors.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { compareSource } from '../../dataset/source/compareSource.ts';
import { type DatasetSource } from '../../dataset/source/datasetSource.ts';
import { openSource } from '../../dataset/source/openSource.ts';
import type { ImageRecord } from '../../project/records/images.ts';
import type { Project } from '../../project/project.ts';
import type { Job } from '../job.ts';

/**
 * Notes where the files of a dataset lie now, after comparing each with what was examined when it was added; of the chosen folder
 * and the folder of the old name in it, the one that has more of them. Changes nothing unless all are the same.
 * @throws dataset-differs, dataset-gone, source-not-found
 */
export function relocateDataset(
  request: RequestOf<'relocate-dataset'>,
  project: Project,
): Job<ResultOf<'relocate-dataset'>> {
  return {
    async run(signal, onProgress) {
      const dataset = project.datasets.required(request.dataset);
      const images = project.images.allOfDataset(dataset.id);
      // Of both kinds of path: the project may come from a computer of the other kind.
      const oldName = win32.basename(dataset.root);
      const source = await likelierSource(request.path, oldName, images);
      try {
        const findings = await compareSource(source, images, dataset.reading, { signal, onProgress });
        if (findings.length > 0) {
          const missing = findings.filter(({ code }) => code === 'missing-file').length;
          const facts = { dataset: dataset.name, root: source.root, missing, findings };
          throw new CcnetError('dataset-differs', { ...facts, differing: findings.length - missing });
        }
        project.datasets.relocate(dataset.id, source.root, source.kind);
        return { dataset: dataset.name, from: dataset.root, to: source.root, images: images.length };
      } finally {
        await source.close();
      }
    },
  };
}

/** People choose the folder above as often as the folder itself. */
async function likelierSource(
  path: string,
  oldName: string,
  images: readonly ImageRecord[],
): Promise<DatasetSource> {
  const chosen = await openSource(path);
  const inside = await openSource(join(path, oldName)).catch(() => null);
  if (!inside) return chosen;
  const better = (await held(inside, images)) > (await held(chosen, images));
  await (better ? chosen : inside).close();
  return better ? inside : chosen;
}

async function held(source: DatasetSource, images: readonly ImageRecord[]): Promise<number> {
  const { files } = await source.list();
  const paths = new Set(files.map((file) => file.path));
  return images.filter(({ image }) => paths.has(image)).length;
}
