import { z } from 'zod';
import { type CalibrationRun, calibrationRunSchema } from '#common/calibration/calibrationRun.ts';
import type { RunIdentity } from '#common/calibration/runKey.ts';
import { canonicalJson } from '#common/canonicalJson.ts';
import { foldText } from '#common/dataset/foldText.ts';
import { flagColumn, foldColumn, hashColumn, idColumn, jsonColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

const fields = calibrationRunSchema.shape;
const storedRunRow = calibrationRunSchema
  .extend({
    id: idColumn,
    origin: z.enum(['own', 'imported']),
    library: z.string().max(200).nullable(),
    datasetFingerprint: hashColumn,
    network: jsonColumn(fields.network),
    recipe: jsonColumn(fields.recipe),
    learnt: flagColumn,
    fold: foldColumn,
  })
  .transform(({ id, origin, library, ...run }): StoredRun => {
    const isStarter = library === 'starter';
    return { id, origin: isStarter ? library : origin, library: isStarter ? null : library, run };
  });
/** What a library brought and this version would not take in is left out of everything; what was trained here must be readable. */
const keptRow = z.looseObject({ origin: z.string() }).transform((row, context): StoredRun | null => {
  const read = storedRunRow.safeParse(row);
  if (read.success) return read.data;
  if (row.origin === 'imported') return null;
  for (const { message, path } of read.error.issues) context.addIssue({ code: 'custom', message, path });
  return z.NEVER;
});

/** own: trained in this project; starter: from the library that comes with the product; imported: from another library file. */
export type RunOrigin = 'own' | 'imported' | 'starter';
export interface StoredRun {
  readonly id: number;
  readonly origin: RunOrigin;
  /** What the library file was called that brought it; null for runs of other origins, and for those that version 0.1.0 took in. */
  readonly library: string | null;
  readonly run: CalibrationRun;
}

const SELECT = `SELECT id, origin, dataset_fingerprint AS datasetFingerprint, dataset_name AS datasetName,
    training_images AS trainingImages, network, parameters, recipe,
    seed, fold, engine, test_dice AS testDice, test_iou AS testIou, test_dice_working AS testDiceWorking, test_images AS testImages,
    validation_dice AS validationDice, learnt, training_seconds AS trainingSeconds, finished_at AS finishedAt, excluded, library
  FROM calibration_runs
  WHERE CASE WHEN json_valid(network) THEN json_type(network, '$.factor') <> 'array' ELSE 1 END`;

/** All calibration runs that predictions stand on, own and imported; of equal runs (see runKey) only the first is kept. */
export class CalibrationRuns {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** In the order in which they were stored. */
  list(): StoredRun[] {
    return this.#database.rows(`${SELECT} ORDER BY id`, {}, keptRow).filter((run) => run !== null);
  }

  /**
   * How many stored runs are of networks whose factor differs from layer to layer. Such libraries could be imported until 0.1.0; nothing can be
   * predicted from them, so they stay in the file and are not read.
   */
  layerWise(): number {
    const counted = this.#database.row(
      "SELECT count(*) AS runs FROM calibration_runs WHERE CASE WHEN json_valid(network) THEN json_type(network, '$.factor') = 'array' ELSE 0 END",
      {},
      z.object({ runs: z.number().int() }),
    );
    return counted?.runs ?? 0;
  }

  /** The runs without their bookkeeping, as predictors and planSweep read them. */
  all(): CalibrationRun[] {
    return this.list().map((stored) => stored.run);
  }

  byId(id: number): StoredRun | undefined {
    return this.#database.row(`${SELECT} AND id = @id`, { id }, keptRow) ?? undefined;
  }

  /** @returns the new run's id, or null when an equal run is stored already. */
  add(run: CalibrationRun, origin: RunOrigin = 'own', library: string | null = null): number | null {
    const checked = calibrationRunSchema.parse(run);
    const { changes, id } = this.#database.run(
      `INSERT INTO calibration_runs (dataset_fingerprint, dataset_name, training_images,
         network, parameters, recipe, seed, fold, engine, test_dice, test_iou, test_dice_working, test_images, validation_dice, learnt,
         training_seconds, finished_at, excluded, origin, library)
       VALUES (@datasetFingerprint, @datasetName, @trainingImages,
         @network, @parameters, @recipe, @seed, @fold, @engine, @testDice, @testIou, @testDiceWorking, @testImages, @validationDice, @learnt,
         @trainingSeconds, @finishedAt, @excluded, @origin, @library)
       ON CONFLICT DO NOTHING`,
      {
        ...checked,
        network: canonicalJson(checked.network),
        recipe: canonicalJson(checked.recipe),
        fold: foldText(checked.fold),
        learnt: checked.learnt ? 1 : 0,
        origin: origin === 'starter' ? 'imported' : origin,
        library: origin === 'starter' ? origin : library,
      },
    );
    return changes > 0 ? id : null;
  }

  /** The id of the run that keeps `add` from storing this one, or null. */
  idOf({ datasetFingerprint, network, recipe, seed, fold }: RunIdentity): number | null {
    const found = this.#database.row(
      `SELECT id FROM calibration_runs WHERE dataset_fingerprint = @datasetFingerprint AND network = @network AND recipe = @recipe
         AND seed = @seed AND fold = @fold`,
      {
        datasetFingerprint,
        network: canonicalJson(network),
        recipe: canonicalJson(recipe),
        seed,
        fold: foldText(fold),
      },
      z.object({ id: idColumn }),
    );
    return found?.id ?? null;
  }

  /**
   * Stores runs from a library: all of them or, when one fails, none.
   * @param library what it is called, so that it can be taken out again
   * @returns how many were new.
   */
  import(
    runs: readonly CalibrationRun[],
    origin: Exclude<RunOrigin, 'own'> = 'imported',
    library: string | null = null,
  ): number {
    return this.#database.transaction(
      () => runs.filter((run) => this.add(run, origin, library) !== null).length,
    );
  }

  /** The libraries that brought runs, the starter library aside, with how many of their runs there are. */
  libraries(): { library: string | null; runs: number }[] {
    return this.#database.rows(
      `SELECT library, count(*) AS runs FROM calibration_runs WHERE origin = 'imported' AND library IS NOT 'starter'
       GROUP BY library ORDER BY library`,
      {},
      z.object({ library: z.string().nullable(), runs: z.number().int() }),
    );
  }

  /**
   * Takes out what one library brought, also what cannot be read. What the user left out of predictions stays: imported again without its
   * reason, it would count again.
   * @param library null: those of version 0.1.0
   */
  removeLibrary(library: string | null): { removed: number; kept: number } {
    return this.#database.transaction(() => {
      const { changes: removed } = this.#database.run(
        "DELETE FROM calibration_runs WHERE origin = 'imported' AND library IS @library AND excluded IS NULL",
        { library },
      );
      return { removed, kept: this.libraries().find((one) => one.library === library)?.runs ?? 0 };
    });
  }

  /** Takes out runs that a library brought; never one that was trained in this project. @returns how many */
  removeImported(ids: readonly number[]): number {
    return this.#database.transaction(
      () =>
        ids.filter(
          (id) =>
            this.#database.run("DELETE FROM calibration_runs WHERE id = @id AND origin = 'imported'", { id })
              .changes > 0,
        ).length,
    );
  }

  /** Keeps a run out of every fit for the given reason, or takes it in again (null). @returns whether it exists. */
  exclude(id: number, reason: string | null): boolean {
    return (
      this.#database.run('UPDATE calibration_runs SET excluded = @reason WHERE id = @id', { id, reason })
        .changes > 0
    );
  }
}
