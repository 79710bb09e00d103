import { finiteJson } from '#common/canonicalJson.ts';
import { z } from 'zod';
import {
  type Checkpoint,
  epochRecordSchema,
  type EpochRecord,
  type NamedTensor,
} from '#common/training/training.ts';
import { jsonColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';
import { readTensors } from './readTensors.ts';
import { tensorColumns, type TensorHead, tensorHeadRow } from './tensorColumns.ts';

type Part = 'weights' | 'bestWeights' | 'optimizer';

const checkpointRow = z.object({
  epoch: z.number().int().nonnegative().max(1e6),
  step: z.number().int().nonnegative().max(1e9),
  bestValidationDice: z.number().min(-1).max(1),
  bestEpoch: z.number().int().nonnegative().max(1e6),
  randomState: jsonColumn(z.array(z.number())),
});
const lastEpochRow = z.object({ epoch: z.number().int().nullable() });

/**
 * The state of every unfinished training at the end of its last epoch. A save replaces the one before in a single
 * transaction, so that a kill at any moment leaves the old or the new one, whole. The new tensors are written into free
 * pages before the old ones are deleted: SQLite then need not copy the old ones to its journal, which makes saving
 * three times as fast for twice the space on disk.
 */
export class Checkpoints {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** Stores the state after an epoch, with its history. Best weights are written only when there are new ones. */
  save(training: number, checkpoint: Checkpoint): void {
    this.#database.transaction(() => {
      this.#saveHistory(training, checkpoint.history);
      this.#saveHead(training, checkpoint);
      this.#saveTensors(training, 'weights', checkpoint.epoch, checkpoint.weights);
      this.#saveTensors(training, 'optimizer', checkpoint.epoch, checkpoint.optimizer);
      this.#saveTensors(training, 'bestWeights', checkpoint.bestEpoch, checkpoint.bestWeights);
    });
  }

  /** Stores the epochs of a training that was computed elsewhere. */
  saveHistory(training: number, history: readonly EpochRecord[]): void {
    this.#database.transaction(() => this.#saveHistory(training, history));
  }

  /** The last state stored, or null. @throws project-damaged when it is not what was written. */
  load(training: number): Checkpoint | null {
    return this.#database.snapshot(() => this.#load(training));
  }

  /** The epochs of a training, also after it has finished. */
  history(training: number): EpochRecord[] {
    return this.#database.rows(
      `SELECT epoch, loss, validation_dice AS validationDice, learning_rate AS learningRate, seconds,
         images_per_second AS imagesPerSecond FROM epochs WHERE training_id = @training ORDER BY epoch`,
      { training },
      epochRecordSchema,
    );
  }

  /** Deletes the state of a training that needs it no more, and gives its space back; the history stays. */
  remove(training: number): void {
    this.#database.transaction(() => {
      this.#database.run('DELETE FROM checkpoints WHERE training_id = @training', { training });
      this.#database.run('DELETE FROM checkpoint_tensors WHERE training_id = @training', { training });
    });
    this.#database.shrink();
  }

  #load(training: number): Checkpoint | null {
    const head = this.#database.row(
      `SELECT epoch, step, best_validation_dice AS bestValidationDice, best_epoch AS bestEpoch,
         random_state AS randomState FROM checkpoints WHERE training_id = @training`,
      { training },
      checkpointRow,
    );
    if (!head) return null;
    return {
      ...head,
      history: this.history(training),
      weights: this.#loadTensors(training, 'weights', head.epoch),
      bestWeights: this.#loadTensors(training, 'bestWeights', head.bestEpoch),
      optimizer: this.#loadTensors(training, 'optimizer', head.epoch),
    };
  }

  #saveHistory(training: number, history: readonly EpochRecord[]): void {
    const last = history.at(-1)?.epoch ?? 0;
    this.#database.run('DELETE FROM epochs WHERE training_id = @training AND epoch > @last', {
      training,
      last,
    });
    const stored = this.#database.row(
      'SELECT max(epoch) AS epoch FROM epochs WHERE training_id = @training',
      { training },
      lastEpochRow,
    );
    for (const record of history.filter(({ epoch }) => epoch >= (stored?.epoch ?? 0))) {
      this.#database.run(
        `INSERT OR REPLACE INTO epochs
           (training_id, epoch, loss, validation_dice, learning_rate, seconds, images_per_second)
         VALUES (@training, @epoch, @loss, @validationDice, @learningRate, @seconds, @imagesPerSecond)`,
        { training, ...record },
      );
    }
  }

  #saveHead(training: number, checkpoint: Checkpoint): void {
    this.#database.run(
      `INSERT OR REPLACE INTO checkpoints
         (training_id, epoch, step, best_validation_dice, best_epoch, random_state, saved_at)
       VALUES (@training, @epoch, @step, @bestValidationDice, @bestEpoch, @randomState, @savedAt)`,
      {
        training,
        epoch: checkpoint.epoch,
        step: checkpoint.step,
        bestValidationDice: checkpoint.bestValidationDice,
        bestEpoch: checkpoint.bestEpoch,
        randomState: finiteJson(checkpoint.randomState),
        savedAt: new Date().toISOString(),
      },
    );
  }

  #saveTensors(training: number, part: Part, epoch: number, tensors: readonly NamedTensor[]): void {
    const columns = tensors.map(tensorColumns);
    const heads = this.#heads(training, part, epoch);
    const unchanged =
      heads.length === columns.length &&
      heads.every((head, i) => head.name === columns[i]?.name && head.checksum === columns[i].checksum);
    if (!unchanged) {
      this.#database.run(
        'DELETE FROM checkpoint_tensors WHERE training_id = @training AND part = @part AND epoch = @epoch',
        { training, part, epoch },
      );
      for (const [position, tensor] of columns.entries()) {
        this.#database.run(
          `INSERT INTO checkpoint_tensors (training_id, part, epoch, position, name, shape, checksum, data)
           VALUES (@training, @part, @epoch, @position, @name, @shape, @checksum, @data)`,
          { training, part, epoch, position, ...tensor },
        );
      }
    }
    this.#database.run(
      'DELETE FROM checkpoint_tensors WHERE training_id = @training AND part = @part AND epoch <> @epoch',
      { training, part, epoch },
    );
  }

  #heads(training: number, part: Part, epoch: number): TensorHead[] {
    return this.#database.rows(
      `SELECT id, name, shape, checksum, length(data) AS bytes FROM checkpoint_tensors
       WHERE training_id = @training AND part = @part AND epoch = @epoch ORDER BY position`,
      { training, part, epoch },
      tensorHeadRow,
    );
  }

  #loadTensors(training: number, part: Part, epoch: number): NamedTensor[] {
    return readTensors(this.#database, 'checkpoint_tensors', this.#heads(training, part, epoch));
  }
}
