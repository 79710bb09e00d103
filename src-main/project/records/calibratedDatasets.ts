import { z } from 'zod';
import { type CalibratedDataset, calibratedDatasetSchema } from '#common/calibration/calibratedDataset.ts';
import { canonicalJson } from '#common/canonicalJson.ts';
import { datasetComplexitySchema } from '#common/dataset/complexity.ts';
import { hashColumn, jsonColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

const row = z.object({
  fingerprint: hashColumn,
  name: calibratedDatasetSchema.shape.name,
  related: z.string().max(200).nullable(),
  // Version 0.1.0 took in values from libraries that no image can have. What cannot be used counts as not measured.
  complexity: jsonColumn(datasetComplexitySchema).nullable().catch(null),
});
const SELECT = 'SELECT fingerprint, name, related, complexity FROM calibrated_datasets';

/** The complexity of the datasets that runs belong to, of this project and of imported libraries, once a recipe. */
export class CalibratedDatasets {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** In a fixed order. */
  list(): CalibratedDataset[] {
    return this.#database.rows(`${SELECT} ORDER BY name, fingerprint, recipe`, {}, row).flatMap(usable);
  }

  /** By fingerprint, those that were measured by one recipe. */
  measuredBy(recipe: string): ReadonlyMap<string, CalibratedDataset> {
    const rows = this.#database.rows(
      `${SELECT} WHERE recipe = @recipe ORDER BY fingerprint`,
      { recipe },
      row,
    );
    return new Map(rows.flatMap(usable).map((dataset) => [dataset.fingerprint, dataset]));
  }

  /** Stores what was measured here, in place of anything older. */
  put(dataset: CalibratedDataset): void {
    this.#write(dataset, 'own');
  }

  /** Stores what a library says of its datasets; what is known already stays. */
  import(datasets: readonly CalibratedDataset[]): void {
    this.#database.transaction(() => {
      for (const dataset of datasets) this.#write(dataset, 'imported');
    });
  }

  /** Forgets what libraries said of datasets that no run belongs to any more. */
  forgetUnused(): void {
    this.#database.run(
      `DELETE FROM calibrated_datasets WHERE origin = 'imported'
         AND fingerprint NOT IN (SELECT dataset_fingerprint FROM calibration_runs)`,
      {},
    );
  }

  #write(dataset: CalibratedDataset, origin: 'own' | 'imported'): void {
    const { complexity, ...checked } = calibratedDatasetSchema.parse(dataset);
    const conflict =
      origin === 'own'
        ? 'DO UPDATE SET name = excluded.name, related = COALESCE(related, excluded.related), complexity = excluded.complexity, origin = excluded.origin'
        : 'DO NOTHING';
    this.#database.run(
      `INSERT INTO calibrated_datasets (fingerprint, recipe, name, related, complexity, origin)
       VALUES (@fingerprint, @recipe, @name, @related, @complexity, @origin) ON CONFLICT ${conflict}`,
      { ...checked, recipe: complexity.recipe, complexity: canonicalJson(complexity), origin },
    );
  }
}

function usable({ complexity, ...dataset }: z.infer<typeof row>): CalibratedDataset[] {
  return complexity ? [{ ...dataset, complexity }] : [];
}
