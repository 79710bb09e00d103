import { z } from 'zod';
import { idColumn, timeColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

const share = z.number().min(0).max(1);

const outcomeRecord = z.object({
  id: idColumn,
  predictionId: idColumn,
  /** The network that was trained upon the prediction. */
  networkId: idColumn.nullable(),
  alpha: z.number().gt(0).max(1),
  predictedDice: z.number(),
  predictedLow: z.number(),
  predictedHigh: z.number(),
  measuredDice: share,
  measuredIou: share,
  /** At the working resolution; null in outcomes of version 0.1.0, whose other figures are at that resolution too. */
  measuredDiceWorking: share.nullable(),
  parametersBefore: z.number().int().positive(),
  parametersAfter: z.number().int().positive(),
  /** Size of the exported files, when they were exported. */
  bytesBefore: z.number().int().nonnegative().nullable(),
  bytesAfter: z.number().int().nonnegative().nullable(),
  createdAt: timeColumn,
});
export type OutcomeRecord = z.infer<typeof outcomeRecord>;
export type NewOutcome = Omit<OutcomeRecord, 'id' | 'createdAt'>;

const COLUMNS = `outcomes.id, prediction_id AS predictionId, network_id AS networkId, alpha,
  predicted_dice AS predictedDice, predicted_low AS predictedLow, predicted_high AS predictedHigh,
  measured_dice AS measuredDice, measured_iou AS measuredIou,
  measured_dice_working AS measuredDiceWorking, parameters_before AS parametersBefore,
  parameters_after AS parametersAfter, bytes_before AS bytesBefore, bytes_after AS bytesAfter,
  outcomes.created_at AS createdAt`;

/** What came of predictions: predicted beside measured accuracy on the test split. */
export class Outcomes {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** Of all datasets or of one, oldest first. */
  list(dataset?: number): OutcomeRecord[] {
    return this.#database.rows(
      `SELECT ${COLUMNS} FROM outcomes JOIN predictions ON predictions.id = prediction_id
       WHERE @dataset IS NULL OR dataset_id = @dataset ORDER BY outcomes.id`,
      { dataset: dataset ?? null },
      outcomeRecord,
    );
  }

  byId(id: number): OutcomeRecord | undefined {
    return this.#database.row(
      `SELECT ${COLUMNS} FROM outcomes WHERE outcomes.id = @id`,
      { id },
      outcomeRecord,
    );
  }

  /** @returns the new outcome's id. */
  add(outcome: NewOutcome): number {
    return this.#database.run(
      `INSERT INTO outcomes (prediction_id, network_id, alpha, predicted_dice, predicted_low, predicted_high,
         measured_dice, measured_iou, measured_dice_working, parameters_before, parameters_after, bytes_before, bytes_after, created_at)
       VALUES (@predictionId, @networkId, @alpha, @predictedDice, @predictedLow, @predictedHigh,
         @measuredDice, @measuredIou, @measuredDiceWorking, @parametersBefore, @parametersAfter, @bytesBefore, @bytesAfter, @createdAt)`,
      { ...outcome, createdAt: new Date().toISOString() },
    ).id;
  }

  /** Adds the sizes of the exported files to an outcome. @returns whether it exists. */
  setBytes(id: number, bytesBefore: number, bytesAfter: number): boolean {
    const { changes } = this.#database.run(
      'UPDATE outcomes SET bytes_before = @bytesBefore, bytes_after = @bytesAfter WHERE id = @id',
      { id, bytesBefore, bytesAfter },
    );
    return changes > 0;
  }
}
