import { z } from 'zod';
import type { NamedTensor } from '#common/training/training.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';
import { projectDamaged } from '../file/projectErrors.ts';
import { checkTensorLength, type TensorHead, toTensor } from './tensorColumns.ts';

const dataRow = z.object({ data: z.instanceof(Uint8Array) });

/**
 * Reads the data of the given rows, in order, each only after its length was found to fit its shape.
 * @throws project-damaged when one is missing or not what was written.
 */
export function readTensors(
  database: ProjectDatabase,
  table: 'checkpoint_tensors' | 'network_tensors',
  heads: readonly TensorHead[],
): NamedTensor[] {
  return heads.map((head) => {
    checkTensorLength(head, database.path);
    const row = database.row(`SELECT data FROM ${table} WHERE id = @id`, { id: head.id }, dataRow);
    if (!row) throw projectDamaged(database.path, `the weights "${head.name}" are gone`);
    return toTensor(head, row.data, database.path);
  });
}
