import { z } from 'zod';
import { type Finding, findingSchema } from '#common/dataset/dataset.ts';
import { readStoredRemedy, storeRemedy } from '#common/failures/storedFailure.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

const findingRow = findingSchema.extend({ remedy: z.string().transform(readStoredRemedy) });

/** What the doctor noticed about a dataset when it was added. */
export class Findings {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** In the order in which they were found. */
  ofDataset(dataset: number): Finding[] {
    return this.#database.rows(
      'SELECT severity, code, file, problem, remedy FROM findings WHERE dataset_id = @dataset ORDER BY id',
      { dataset },
      findingRow,
    );
  }

  add(dataset: number, findings: readonly Finding[]): void {
    this.#database.transaction(() => {
      for (const finding of findings) {
        this.#database.run(
          `INSERT INTO findings (dataset_id, severity, code, file, problem, remedy)
           VALUES (@dataset, @severity, @code, @file, @problem, @remedy)`,
          { dataset, ...finding, remedy: storeRemedy(finding.remedy) },
        );
      }
    });
  }
}
