import { readFile, stat } from 'node:fs/promises';
import { CcnetError, reasonOf } from '#common/errors.ts';
import { MAX_TABLE_BYTES } from '../../dataset/source/csvRecords.ts';

/** The text of a table that a person named. @throws table-missing */
export async function readTable(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_TABLE_BYTES) throw new RangeError(`it has ${size} bytes`);
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CcnetError('table-missing', { file, reason: reasonOf(cause) }, { cause });
  }
}
