import { CcnetError, hasCode } from '#common/errors.ts';
import { isDicom } from '../decoding/dicom/dicomDataSet.ts';
import { type DicomInfo, dicomInfo } from '../decoding/dicom/dicomInfo.ts';
import { MAX_FILE_BYTES } from '../decoding/limits.ts';
import { mapConcurrently } from '../mapConcurrently.ts';
import type { DatasetSource, SourceFile } from '../source/datasetSource.ts';

/** Bytes of a file in which all that is asked of a slice usually stands. */
const HEAD = 64 * 1024;
const AT_ONCE = 4;

/**
 * Which files of a source are DICOM, and what they say of themselves. Names promise little here: slices often have no extension, or an
 * identifier for a name. Files that say they are DICOM and cannot be read are left to whoever decodes them.
 */
export async function dicomFiles(
  source: DatasetSource,
  files: readonly SourceFile[],
  check: () => void,
): Promise<Map<string, DicomInfo>> {
  const found = new Map<string, DicomInfo>();
  const candidates = files.filter(({ path, bytes }) => bytes > 132 && mayBeDicom(path));
  await mapConcurrently(candidates, AT_ONCE, async ({ path, bytes }) => {
    check();
    try {
      const head = await source.readStart(path, HEAD);
      if (!isDicom(head)) return;
      found.set(path, await infoOf(source, path, head, bytes));
    } catch (error) {
      if (!(error instanceof CcnetError) || hasCode(error, 'cancelled', 'out-of-memory')) throw error;
    }
  });
  return found;
}

/** By the beginning of the file, or by the whole where that is not enough. */
async function infoOf(source: DatasetSource, path: string, head: Buffer, bytes: number): Promise<DicomInfo> {
  try {
    const info = dicomInfo(head, path);
    if (info.kind === 'image' || bytes <= head.length) return info;
  } catch (error) {
    if (bytes <= head.length) throw error;
  }
  return dicomInfo(await source.read(path, MAX_FILE_BYTES), path);
}

function mayBeDicom(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.(dcm|dicom|ima)$/i.test(name)) return true;
  // No extension, or the last number of an identifier.
  return !name.includes('.') || /\.\d+$/.test(name);
}
