import { z } from 'zod';
import { canonicalJson, finiteJson } from '#common/canonicalJson.ts';
import { networkSpecSchema } from '#common/network/network.ts';
import { choiceSchema, limitsSchema, answeredPredictionSchema } from '#common/prediction/prediction.ts';
import { idColumn, jsonColumn, timeColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

const baseNetworkSchema = networkSpecSchema.omit({ factor: true });

const predictionRecord = z.object({
  id: idColumn,
  datasetId: idColumn,
  /** The base network whose sizes were predicted. */
  network: baseNetworkSchema,
  limits: limitsSchema,
  prediction: answeredPredictionSchema,
  choice: choiceSchema,
  createdAt: timeColumn,
});
export type PredictionRecord = z.infer<typeof predictionRecord>;
export type NewPrediction = Omit<PredictionRecord, 'id' | 'createdAt'>;

const predictionRow = predictionRecord.extend({
  network: jsonColumn(baseNetworkSchema),
  limits: jsonColumn(limitsSchema),
  prediction: jsonColumn(answeredPredictionSchema),
  choice: jsonColumn(choiceSchema),
});

const SELECT = `SELECT id, dataset_id AS datasetId, network, limits, prediction, choice, created_at AS createdAt
  FROM predictions`;

/** Every prediction as it was shown: under which limits, with which interval, error and warnings, and what it chose. */
export class Predictions {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** Oldest first. */
  ofDataset(dataset: number): PredictionRecord[] {
    return this.#database.rows(
      `${SELECT} WHERE dataset_id = @dataset ORDER BY id`,
      { dataset },
      predictionRow,
    );
  }

  byId(id: number): PredictionRecord | undefined {
    return this.#database.row(`${SELECT} WHERE id = @id`, { id }, predictionRow);
  }

  /** @returns the new prediction's id. */
  add(prediction: NewPrediction): number {
    const checked = predictionRecord.omit({ id: true, createdAt: true }).parse(prediction);
    return this.#database.run(
      `INSERT INTO predictions (dataset_id, network, limits, prediction, choice, created_at)
       VALUES (@datasetId, @network, @limits, @prediction, @choice, @createdAt)`,
      {
        datasetId: checked.datasetId,
        network: canonicalJson(checked.network),
        limits: canonicalJson(checked.limits),
        prediction: finiteJson(checked.prediction),
        choice: finiteJson(checked.choice),
        createdAt: new Date().toISOString(),
      },
    ).id;
  }
}
