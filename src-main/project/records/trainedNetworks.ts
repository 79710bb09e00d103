import { z } from 'zod';
import { canonicalJson, finiteJson } from '#common/canonicalJson.ts';
import { foldSchema } from '#common/dataset/fold.ts';
import { foldText } from '#common/dataset/foldText.ts';
import { networkSpecSchema } from '#common/network/network.ts';
import { testAccuracySchema, type NamedTensor, trainingRecipeSchema } from '#common/training/training.ts';
import { foldColumn, idColumn, jsonColumn, timeColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';
import { readTensors } from './readTensors.ts';
import { tensorColumns, tensorHeadRow } from './tensorColumns.ts';

const networkRecord = z.object({
  id: idColumn,
  /** Null once the dataset has been removed from the project. */
  datasetId: idColumn.nullable(),
  trainingId: idColumn.nullable(),
  /** The calibration run that this network's accuracy became, if any. */
  runId: idColumn.nullable(),
  network: networkSpecSchema,
  parameters: z.number().int().positive(),
  recipe: trainingRecipeSchema,
  seed: z.number().int().nonnegative().max(0xffffffff),
  /** The fold of the dataset that it was trained and tested on; null for the dataset's own split. */
  fold: foldSchema.nullable(),
  /** Device and version that trained it. */
  engine: z.string(),
  /** Numbers by name that inference needs besides the weights, such as means and deviations of the channels. */
  preprocessing: z.record(z.string().max(100), z.union([z.number(), z.array(z.number()).max(16)])),
  validation: testAccuracySchema.nullable(),
  test: testAccuracySchema,
  createdAt: timeColumn,
});
export type TrainedNetworkRecord = z.infer<typeof networkRecord>;
export type NewTrainedNetwork = Omit<TrainedNetworkRecord, 'id' | 'createdAt'>;

const networkRow = networkRecord.extend({
  network: jsonColumn(networkSpecSchema),
  recipe: jsonColumn(trainingRecipeSchema),
  preprocessing: jsonColumn(networkRecord.shape.preprocessing),
  validation: z.union([z.null(), jsonColumn(testAccuracySchema)]),
  test: jsonColumn(testAccuracySchema),
  fold: foldColumn,
});

const SELECT = `SELECT id, dataset_id AS datasetId, training_id AS trainingId, run_id AS runId, network, parameters, recipe,
    seed, fold, engine, preprocessing, validation, test, created_at AS createdAt FROM trained_networks`;

/** Trained networks: their weights, and their accuracy on every test image. */
export class TrainedNetworks {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** Of one dataset or of all, oldest first. */
  list(dataset?: number): TrainedNetworkRecord[] {
    return this.#database.rows(
      `${SELECT} WHERE @dataset IS NULL OR dataset_id = @dataset ORDER BY id`,
      { dataset: dataset ?? null },
      networkRow,
    );
  }

  /**
   * Those that learnt from the images of a dataset as they were counted and dealt when it had this fingerprint, oldest first: an edit of the images
   * gives it another one, and a network from before may have learnt from what is a test image now. Only such as have a run.
   */
  trainedOn(dataset: number, fingerprint: string): TrainedNetworkRecord[] {
    return this.#database.rows(
      `${SELECT} WHERE dataset_id = @dataset
         AND run_id IN (SELECT id FROM calibration_runs WHERE dataset_fingerprint = @fingerprint) ORDER BY id`,
      { dataset, fingerprint },
      networkRow,
    );
  }

  byId(id: number): TrainedNetworkRecord | undefined {
    return this.#database.row(`${SELECT} WHERE id = @id`, { id }, networkRow);
  }

  /** Stores a network with its weights, in the model's order. @returns its id. */
  add(network: NewTrainedNetwork, weights: readonly NamedTensor[]): number {
    return this.#database.transaction(() => {
      const { id } = this.#database.run(
        `INSERT INTO trained_networks (dataset_id, training_id, run_id, network, parameters, recipe, seed, fold, engine,
           preprocessing, validation, test, created_at)
         VALUES (@datasetId, @trainingId, @runId, @network, @parameters, @recipe, @seed, @fold, @engine,
           @preprocessing, @validation, @test, @createdAt)`,
        {
          ...network,
          network: canonicalJson(network.network),
          recipe: canonicalJson(network.recipe),
          fold: foldText(network.fold),
          preprocessing: finiteJson(network.preprocessing),
          validation: network.validation && finiteJson(network.validation),
          test: finiteJson(network.test),
          createdAt: new Date().toISOString(),
        },
      );
      for (const [position, tensor] of weights.entries()) {
        this.#database.run(
          `INSERT INTO network_tensors (network_id, position, name, shape, checksum, data)
           VALUES (@id, @position, @name, @shape, @checksum, @data)`,
          { id, position, ...tensorColumns(tensor) },
        );
      }
      return id;
    });
  }

  /** The weights in the model's order; empty for an unknown id. @throws project-damaged */
  weights(id: number): NamedTensor[] {
    return this.#database.snapshot(() => {
      const heads = this.#database.rows(
        `SELECT id, name, shape, checksum, length(data) AS bytes FROM network_tensors
         WHERE network_id = @id ORDER BY position`,
        { id },
        tensorHeadRow,
      );
      return readTensors(this.#database, 'network_tensors', heads);
    });
  }

  /** Removes a network and gives its space back. @returns whether it was there. */
  remove(id: number): boolean {
    const { changes } = this.#database.run('DELETE FROM trained_networks WHERE id = @id', { id });
    this.#database.shrink();
    return changes > 0;
  }
}
