import { isRecord } from '../annotations/annotationText.ts';
import type { DatasetSource } from '../source/datasetSource.ts';

const MOST_BYTES = 1024 * 1024;

/**
 * The value of masks that does not count, as the dataset.json of nnU-Net says it ("labels": {"ignore": 3}); undefined where it says none.
 * @param masks paths of the masks that are used; the file counts for those beneath its folder
 */
export async function toldIgnored(
  source: DatasetSource,
  files: readonly { readonly path: string; readonly bytes: number }[],
  masks: readonly string[],
): Promise<number | undefined> {
  const found = files.filter(({ path, bytes }) => /(^|\/)dataset\.json$/.test(path) && bytes <= MOST_BYTES);
  const [file, ...others] = found;
  if (!file || others.length > 0) return undefined;
  const folder = file.path.slice(0, -'dataset.json'.length);
  if (masks.length === 0 || !masks.every((mask) => mask.startsWith(`${folder}labels`))) return undefined;
  const json = parsed((await source.read(file.path)).toString('utf8'));
  const labels = isRecord(json) ? json['labels'] : null;
  const ignored = isRecord(labels) ? labels['ignore'] : undefined;
  return typeof ignored === 'number' && Number.isInteger(ignored) && ignored > 0 ? ignored : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
