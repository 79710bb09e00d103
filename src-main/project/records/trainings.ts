import { z } from 'zod';
import type { Failure } from '#common/failures/failures.ts';
import { storeFailure } from '#common/failures/storedFailure.ts';
import { canonicalJson } from '#common/canonicalJson.ts';
import { networkSpecSchema } from '#common/network/network.ts';
import { trainingRecipeSchema } from '#common/training/training.ts';
import { foldSchema } from '#common/dataset/fold.ts';
import { foldText } from '#common/dataset/foldText.ts';
import type { Checkpoints } from './checkpoints.ts';
import { failureColumn, foldColumn, idColumn, jsonColumn, timeColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

const trainingRecord = z.object({
  id: idColumn,
  datasetId: idColumn,
  purpose: z.enum(['calibration', 'probe', 'compression']),
  state: z.enum(['queued', 'running', 'finished', 'failed', 'cancelled']),
  network: networkSpecSchema,
  recipe: trainingRecipeSchema,
  seed: z.number().int().nonnegative().max(0xffffffff),
  /** The fold of the dataset that it learns from; null for the dataset's own split. */
  fold: foldSchema.nullable(),
  /** Device that computes it, from the moment it starts. */
  device: z.string().nullable(),
  error: failureColumn.nullable(),
  createdAt: timeColumn,
  startedAt: timeColumn.nullable(),
  finishedAt: timeColumn.nullable(),
});
export type TrainingRecord = z.infer<typeof trainingRecord>;
export type NewTraining = Pick<
  TrainingRecord,
  'datasetId' | 'purpose' | 'network' | 'recipe' | 'seed' | 'fold'
>;

const trainingRow = trainingRecord.extend({
  network: jsonColumn(networkSpecSchema),
  recipe: jsonColumn(trainingRecipeSchema),
  fold: foldColumn,
});

const SELECT = `SELECT id, dataset_id AS datasetId, purpose, state, network, recipe, seed, fold, device, error,
    created_at AS createdAt, started_at AS startedAt, finished_at AS finishedAt FROM trainings`;

/** Every network that was, is or will be trained, with the state of its training. */
export class Trainings {
  readonly #database: ProjectDatabase;
  readonly #checkpoints: Checkpoints;

  constructor(database: ProjectDatabase, checkpoints: Checkpoints) {
    this.#database = database;
    this.#checkpoints = checkpoints;
  }

  /** In the order in which they were planned. */
  list(dataset?: number): TrainingRecord[] {
    return this.#database.rows(
      `${SELECT} WHERE @dataset IS NULL OR dataset_id = @dataset ORDER BY id`,
      { dataset: dataset ?? null },
      trainingRow,
    );
  }

  byId(id: number): TrainingRecord | undefined {
    return this.#database.row(`${SELECT} WHERE id = @id`, { id }, trainingRow);
  }

  /** Plans a training: it begins as queued. */
  add(training: NewTraining): TrainingRecord {
    const record: Omit<TrainingRecord, 'id'> = {
      ...training,
      state: 'queued',
      device: null,
      error: null,
      createdAt: new Date().toISOString(),
      startedAt: null,
      finishedAt: null,
    };
    const { id } = this.#database.run(
      `INSERT INTO trainings (dataset_id, purpose, state, network, recipe, seed, fold, created_at)
       VALUES (@datasetId, @purpose, 'queued', @network, @recipe, @seed, @fold, @createdAt)`,
      {
        ...training,
        network: canonicalJson(training.network),
        recipe: canonicalJson(training.recipe),
        fold: foldText(training.fold),
        createdAt: record.createdAt,
      },
    );
    return { id, ...record };
  }

  /** The training of exactly this network that was begun or planned and not finished, to be continued; or undefined. */
  unfinished(training: NewTraining): TrainingRecord | undefined {
    return this.#database.row(
      `${SELECT} WHERE dataset_id = @datasetId AND purpose = @purpose AND state <> 'finished' AND network = @network
         AND recipe = @recipe AND seed = @seed AND fold = @fold ORDER BY id DESC`,
      {
        ...training,
        network: canonicalJson(training.network),
        recipe: canonicalJson(training.recipe),
        fold: foldText(training.fold),
      },
      trainingRow,
    );
  }

  start(id: number, device: string): void {
    this.#database.run(
      `UPDATE trainings SET state = 'running', device = @device, error = NULL, finished_at = NULL,
         started_at = coalesce(started_at, @now) WHERE id = @id`,
      { id, device, now: new Date().toISOString() },
    );
  }

  /** Ends a training well; its checkpoint is deleted, its history stays. */
  finish(id: number): void {
    this.#end(id, 'finished', null);
    this.#checkpoints.remove(id);
  }

  /** Ends a training by an error, which is kept for the user; its checkpoint stays. */
  fail(id: number, error: Failure): void {
    this.#end(id, 'failed', error);
  }

  /** Ends a training at the user's request; its checkpoint stays, so that it can be continued. */
  cancel(id: number): void {
    this.#end(id, 'cancelled', null);
  }

  /** Puts trainings whose process has died back into the queue. For the holder of the writer lock only. */
  requeueInterrupted(): number {
    return this.#database.run("UPDATE trainings SET state = 'queued' WHERE state = 'running'").changes;
  }

  /** Forgets trainings of a dataset that did not finish: they cannot be continued with other images. @returns how many */
  forgetUnfinished(dataset: number): number {
    return this.#database.run(
      "DELETE FROM trainings WHERE dataset_id = @dataset AND state NOT IN ('finished', 'running')",
      { dataset },
    ).changes;
  }

  #end(id: number, state: TrainingRecord['state'], error: Failure | null): void {
    this.#database.run(
      'UPDATE trainings SET state = @state, error = @error, finished_at = @now WHERE id = @id',
      { id, state, error: error && storeFailure(error), now: new Date().toISOString() },
    );
  }
}
