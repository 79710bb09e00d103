import { z } from 'zod';
import { CcnetError } from '#common/errors.ts';
import { type Checkpoint, epochRecordSchema } from '#common/training/training.ts';
import { readTensorFile, writeTensorFile } from './tensorFile.ts';

const headSchema = z.object({
  /** The devices that computed it (jobs/training/deviceTrail). */
  device: z.string().max(2000).nullable(),
  epoch: z.number().int().nonnegative().max(1e6),
  step: z.number().int().nonnegative().max(1e9),
  bestValidationDice: z.number().min(-1).max(1),
  bestEpoch: z.number().int().nonnegative().max(1e6),
  history: z.array(epochRecordSchema).max(1e6),
  randomState: z.array(z.number()).max(100),
});

/** A training's state in a file, with the devices that computed it so far. */
export interface StoredCheckpoint {
  readonly device: string | null;
  readonly checkpoint: Checkpoint;
}

/** Replaces the state in the file: a kill leaves the one before or this one. @throws target-unwritable */
export async function writeCheckpoint(path: string, { device, checkpoint }: StoredCheckpoint): Promise<void> {
  const { weights, bestWeights, optimizer, ...head } = checkpoint;
  await writeTensorFile(path, { head: { device, ...head }, groups: { weights, bestWeights, optimizer } });
}

/** @throws task-file-unusable */
export async function readCheckpoint(path: string): Promise<StoredCheckpoint> {
  const { head, groups } = await readTensorFile(path);
  const result = headSchema.safeParse(head);
  if (!result.success) {
    throw new CcnetError('task-file-unusable', { path, reason: 'It is no state of a training.' });
  }
  const { device, ...rest } = result.data;
  const { weights = [], bestWeights = [], optimizer = [] } = groups;
  return { device, checkpoint: { ...rest, weights, bestWeights, optimizer } };
}
