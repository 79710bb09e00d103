import { existsSync } from 'node:fs';
import { z } from 'zod';
import { writeFileSafely } from '../files/writeFileSafely.ts';
import { readDocument } from './readDocument.ts';
import { TASK_ID } from './sweepFolder.ts';

const id = z.string().regex(TASK_ID);

/** What is known of a task beyond its files. */
const taskStateSchema = z.object({
  /** The array that it was last submitted in. */
  job: z.string().regex(/^\d{1,20}$/),
  /** Attempts since its checkpoint last grew. */
  attempts: z.number().int().nonnegative(),
  /** The epoch of its checkpoint at the last submission. */
  epoch: z.number().int().nonnegative(),
  /** Its array was cancelled by somebody, who was told; the next following submits it again. */
  cancelled: z.boolean(),
});
export type TaskState = z.infer<typeof taskStateSchema>;

const stateSchema = z.object({
  format: z.literal('ccnet-sweep-state'),
  version: z.literal(1),
  tasks: z.record(id, taskStateSchema),
});

/** What was submitted, by task. Whoever follows the sweep, wherever, goes on from it. */
export type FollowState = ReadonlyMap<string, TaskState>;

/** @throws task-file-unusable */
export async function readState(path: string): Promise<FollowState> {
  if (!existsSync(path)) return new Map();
  const { tasks } = await readDocument(path, stateSchema);
  return new Map(Object.entries(tasks));
}

/** @throws target-unwritable */
export async function writeState(path: string, state: FollowState): Promise<void> {
  const document = { format: 'ccnet-sweep-state', version: 1, tasks: Object.fromEntries(state) };
  await writeFileSafely(path, `${JSON.stringify(document)}\n`);
}
