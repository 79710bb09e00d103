import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { type DatasetSource } from '../../dataset/source/datasetSource.ts';
import { openSource } from '../../dataset/source/openSource.ts';
import { onlyFiles } from '../../dataset/source/onlyFiles.ts';

/** Opens what a request names: a folder or .zip, or only some files of it. The caller closes it. */
export async function chosenSource({
  path,
  files,
}: Pick<RequestOf<'add-dataset'>, 'path' | 'files'>): Promise<DatasetSource> {
  const source = await openSource(path);
  return files ? onlyFiles(source, files) : source;
}
