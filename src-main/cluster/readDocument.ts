import { open } from 'node:fs/promises';
import type { z } from 'zod';
import { CcnetError, reasonOf } from '#common/errors.ts';

/** Bytes of a document of a sweep, far above any real one. */
const MOST_BYTES = 512 * 2 ** 20;

/**
 * Reads a JSON document of a sweep, which may come from anybody, and checks it.
 * @throws task-file-unusable naming the file and what is wrong with it
 */
export async function readDocument<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await readText(path);
  return checkedDocument(path, text, schema);
}

/** Checks the text of a document. @throws task-file-unusable */
export function checkedDocument<Schema extends z.ZodType>(
  path: string,
  text: string,
  schema: Schema,
): z.output<Schema> {
  const unusable = (reason: string): CcnetError => new CcnetError('task-file-unusable', { path, reason });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unusable('It is not JSON, or it was cut off.');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.map(String).join('.') || 'the file';
  throw unusable(`${where}: ${issue?.message ?? 'not valid'}.`);
}

/** @throws task-file-unusable */
export async function readText(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > MOST_BYTES) throw new Error(`It has ${size} bytes.`);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (cause) {
    const reason = `It cannot be read (${reasonOf(cause)}).`;
    throw new CcnetError('task-file-unusable', { path, reason }, { cause });
  }
}
