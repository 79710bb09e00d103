import { CcnetError } from '#common/errors.ts';
import type { DatasetSource } from './datasetSource.ts';

/**
 * A source that holds some of another one's files and knows of no others: what somebody dropped of a folder.
 * @param files relative to the root, with forward slashes; names that the source does not have count for nothing
 */
export function onlyFiles(source: DatasetSource, files: readonly string[]): DatasetSource {
  const wanted = new Set(files);
  return {
    ...source,
    list: async () => ({
      files: (await source.list()).files.filter(({ path }) => wanted.has(path)),
      refused: [],
    }),
    read: (path, maxBytes) =>
      wanted.has(path)
        ? source.read(path, maxBytes)
        : Promise.reject(new CcnetError('file-not-chosen', { file: path })),
    readStart: (path, bytes) =>
      wanted.has(path)
        ? source.readStart(path, bytes)
        : Promise.reject(new CcnetError('file-not-chosen', { file: path })),
  };
}
