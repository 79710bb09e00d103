import { finiteJson } from '#common/canonicalJson.ts';
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { NamedTensor } from '#common/training/training.ts';
import { jsonColumn } from './columns.ts';
import { projectDamaged } from '../file/projectErrors.ts';

const BYTES_PER_VALUE = 4;

/** What is known of a stored tensor before its data are read; `id` is the row's. */
export const tensorHeadRow = z.object({
  id: z.number().int(),
  name: z.string().max(500),
  shape: jsonColumn(z.array(z.number().int().min(1)).max(8)),
  checksum: z.number().int(),
  bytes: z.number().int().nonnegative(),
});
export type TensorHead = z.infer<typeof tensorHeadRow>;

/** The columns name, shape, checksum and data for a tensor. @throws Error when its shape and data disagree. */
export function tensorColumns(tensor: NamedTensor): {
  name: string;
  shape: string;
  checksum: number;
  data: Uint8Array;
} {
  if (product(tensor.shape) !== tensor.data.length) {
    throw new Error(
      `Tensor ${tensor.name} has ${tensor.data.length} values, but shape [${tensor.shape.join(', ')}].`,
    );
  }
  const data = littleEndian(
    new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength),
  );
  return { name: tensor.name, shape: finiteJson(tensor.shape), checksum: crc32(data), data };
}

/** Refuses a blob whose length does not fit its shape before it is read into memory. */
export function checkTensorLength(head: TensorHead, path: string): void {
  if (product(head.shape) * BYTES_PER_VALUE === head.bytes) return;
  throw projectDamaged(
    path,
    `the weights "${head.name}" have ${head.bytes} bytes, but shape [${head.shape.join(', ')}]`,
  );
}

/** Makes a tensor of what was read. @throws project-damaged when the bytes are not those that were written. */
export function toTensor(head: TensorHead, data: Uint8Array, path: string): NamedTensor {
  if (crc32(data) !== head.checksum) {
    throw projectDamaged(path, `the weights "${head.name}" have changed since they were stored`);
  }
  const values = new Float32Array(product(head.shape));
  new Uint8Array(values.buffer).set(littleEndian(data));
  return { name: head.name, shape: head.shape, data: values };
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, side) => total * side, 1);
}

/** Files are little-endian whatever the machine. */
function littleEndian(bytes: Uint8Array): Uint8Array {
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32();
}
