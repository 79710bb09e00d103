import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { CcnetError, reasonOf } from '#common/errors.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { writeFileSafely } from '../files/writeFileSafely.ts';

/** First bytes of a file of tensors; the last one is its version. */
const MAGIC = Buffer.from('ccnet-t\u0001', 'latin1');
const DIGEST_BYTES = 32;
const FLOAT_BYTES = 4;
/** Far above what any network of the product has. */
const MOST_HEAD = 64 * 2 ** 20;
const MOST_BYTES = 2 ** 34;

const headSchema = z.object({
  head: z.unknown(),
  tensors: z
    .array(
      z.object({
        group: z.string().max(100),
        name: z.string().max(500),
        shape: z.array(z.number().int().positive().max(1e9)).max(8),
      }),
    )
    .max(100_000),
});

/** Tensors by group ("weights", "optimizer"), with a document about them. */
export interface TensorFile {
  readonly head: unknown;
  readonly groups: Readonly<Record<string, readonly NamedTensor[]>>;
}

/**
 * Writes tensors so that a kill leaves the file before or this one: a magic, the length of a JSON head, the head, the values (fp32, little-endian) and
 * a SHA-256 over all of it.
 * @throws target-unwritable
 */
export async function writeTensorFile(path: string, { head, groups }: TensorFile): Promise<void> {
  const all = Object.entries(groups).flatMap(([group, tensors]) =>
    tensors.map((tensor) => ({ group, tensor })),
  );
  const described = all.map(({ group, tensor: { name, shape } }) => ({ group, name, shape }));
  const json = Buffer.from(JSON.stringify({ head, tensors: described }), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const values = all.map(({ tensor: { data } }) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  );
  const parts = [MAGIC, length, json, ...values];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  await writeFileSafely(path, Buffer.concat([...parts, hash.digest()]));
}

/** @throws task-file-unusable naming the file when it cannot be read, was cut off, changed, or is none */
export async function readTensorFile(path: string): Promise<TensorFile> {
  const unusable = (reason: string): CcnetError => new CcnetError('task-file-unusable', { path, reason });
  const bytes = await readWhole(path).catch((cause: unknown) => {
    throw unusable(reasonOf(cause));
  });
  const content = bytes.subarray(0, Math.max(0, bytes.length - DIGEST_BYTES));
  if (!content.subarray(0, MAGIC.length).equals(MAGIC)) throw unusable('It is no file of tensors.');
  if (!createHash('sha256').update(content).digest().equals(bytes.subarray(content.length))) {
    throw unusable('It was cut off or changed.');
  }
  const headBytes = content.length >= MAGIC.length + 4 ? content.readUInt32LE(MAGIC.length) : Infinity;
  const start = MAGIC.length + 4 + headBytes;
  if (headBytes > MOST_HEAD || start > content.length) throw unusable('Its head is longer than the file.');
  const { head, tensors } = readHead(content.subarray(MAGIC.length + 4, start), unusable);
  const sizes = tensors.map(({ shape }) => shape.reduce((product, side) => product * side, 1));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (start + total * FLOAT_BYTES !== content.length)
    throw unusable('Its values are not as many as it says.');
  const groups: Record<string, NamedTensor[]> = {};
  let at = start;
  for (const [i, { group, name, shape }] of tensors.entries()) {
    const bytesOf = (sizes[i] ?? 0) * FLOAT_BYTES;
    // A copy: the file's bytes need not lie where floats may.
    const data = new Float32Array(new Uint8Array(content.subarray(at, at + bytesOf)).buffer);
    (groups[group] ??= []).push({ name, shape, data });
    at += bytesOf;
  }
  return { head, groups };
}

function readHead(bytes: Buffer, unusable: (reason: string) => CcnetError): z.output<typeof headSchema> {
  try {
    return headSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw unusable(`Its head cannot be read (${reasonOf(error)}).`);
  }
}

async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > MOST_BYTES) throw new Error(`It has ${size} bytes.`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
