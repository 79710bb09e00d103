import { finiteJson } from '#common/canonicalJson.ts';
import { z } from 'zod';
import { type Complexity, complexitySchema } from '#common/dataset/complexity.ts';
import type { Split } from '#common/dataset/dataset.ts';
import { type Segmentability, segmentabilitySchema } from '#common/dataset/segmentability.ts';
import { idColumn, jsonColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

const segmentabilityRow = z.object({ segmentability: jsonColumn(segmentabilitySchema) });
// A value that no image can have counts as not measured, and is measured anew.
const valueRow = z.object({
  image: idColumn,
  measures: jsonColumn(complexitySchema).nullable().catch(null),
});

/** Complexity of single images, and of the training images together, each under the recipe that measured it; recipes are never mixed. */
export class ComplexityValues {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** Stores the values of some images, replacing older ones of the same recipe: all of them or none. */
  put(recipe: string, values: ReadonlyMap<number, Complexity>): void {
    this.#database.transaction(() => {
      for (const [image, complexity] of values) {
        this.#database.run(
          `INSERT INTO complexity_values (image_id, recipe, measures) VALUES (@image, @recipe, @measures)
           ON CONFLICT (image_id, recipe) DO UPDATE SET measures = excluded.measures`,
          { image, recipe, measures: finiteJson(complexitySchema.parse(complexity)) },
        );
      }
    });
  }

  /** Values by image id, of the whole dataset or of one split; images not measured yet are absent. */
  ofDataset(dataset: number, recipe: string, split?: Split): Map<number, Complexity> {
    const rows = this.#database.rows(
      `SELECT image_id AS image, measures FROM complexity_values JOIN images ON images.id = image_id
       WHERE dataset_id = @dataset AND excluded IS NULL AND recipe = @recipe AND (@split IS NULL OR split = @split) ORDER BY position`,
      { dataset, recipe, split: split ?? null },
      valueRow,
    );
    return new Map(rows.flatMap(({ image, measures }) => (measures ? [[image, measures]] : [])));
  }

  /** Stores the segmentability of a dataset's training images, replacing an older one of the same recipe. */
  putSegmentability(dataset: number, recipe: string, segmentability: Segmentability): void {
    this.#database.run(
      `INSERT INTO segmentabilities (dataset_id, recipe, segmentability) VALUES (@dataset, @recipe, @segmentability)
       ON CONFLICT (dataset_id, recipe) DO UPDATE SET segmentability = excluded.segmentability`,
      { dataset, recipe, segmentability: finiteJson(segmentabilitySchema.parse(segmentability)) },
    );
  }

  /** Forgets what was measured of training images that are others now. */
  forgetSegmentability(dataset: number): void {
    this.#database.run('DELETE FROM segmentabilities WHERE dataset_id = @dataset', { dataset });
  }

  /** Undefined where it was not measured by that recipe. */
  segmentability(dataset: number, recipe: string): Segmentability | undefined {
    return this.#database.row(
      'SELECT segmentability FROM segmentabilities WHERE dataset_id = @dataset AND recipe = @recipe',
      { dataset, recipe },
      segmentabilityRow,
    )?.segmentability;
  }

  /** The recipes under which images of a dataset were measured, that of most images first. */
  recipes(dataset: number): { recipe: string; images: number }[] {
    return this.#database.rows(
      `SELECT recipe, count(*) AS images FROM complexity_values JOIN images ON images.id = image_id
       WHERE dataset_id = @dataset AND excluded IS NULL GROUP BY recipe ORDER BY images DESC, recipe`,
      { dataset },
      z.object({ recipe: z.string(), images: z.number().int() }),
    );
  }
}
