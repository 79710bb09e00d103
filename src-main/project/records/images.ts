import { finiteJson } from '#common/canonicalJson.ts';
import { z } from 'zod';
import type { ImageState } from '#common/dataset/imageEdit.ts';
import { sampleSchema, type Split, splitSchema } from '#common/dataset/dataset.ts';
import { hashColumn, idColumn, jsonColumn, relativePathColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

/** An image/mask pair of a dataset as stored: what was found, and the split it belongs to. */
const imageRecord = sampleSchema.extend({
  id: idColumn,
  split: splitSchema,
  /** Patient, slide or film that it belongs to, in the dataset's own words; null for an image of its own. */
  group: z.string().max(1000).nullable(),
  image: relativePathColumn,
  masks: z.array(relativePathColumn).min(1),
  imageHash: hashColumn,
  maskHash: hashColumn,
  /** Why somebody left it out; null where it counts. */
  excluded: z.string().max(500).nullable(),
  /** Split that it was dealt when the dataset was added, where somebody has moved it. */
  dealtSplit: splitSchema.nullable(),
});
export type ImageRecord = z.infer<typeof imageRecord>;
export type NewImage = Omit<ImageRecord, 'id' | 'excluded' | 'dealtSplit'>;

const newImage = imageRecord.omit({ id: true, excluded: true, dealtSplit: true });

/** A stranger's project may say anything, and memory is asked for by these. */
const MOST_PIXELS = 400e6;
const IMPOSSIBLE = 'no image has so many pixels';
const isPossible = ({ width, height }: { width: number; height: number }): boolean =>
  width * height <= MOST_PIXELS;

const imageRow = imageRecord.extend({ masks: jsonColumn(imageRecord.shape.masks) });
const ownedRow = imageRow.extend({ datasetId: idColumn }).refine(isPossible, IMPOSSIBLE);
const listedRow = imageRow.refine(isPossible, IMPOSSIBLE);

const COLUMNS = `id, name, image, masks, page, width, height, channels, bit_depth AS bitDepth, mask_reading AS maskReading,
    foreground, image_hash AS imageHash, mask_hash AS maskHash, given_split AS givenSplit, split, group_name AS "group", excluded, dealt_split AS dealtSplit`;

/** The images of all datasets. */
export class Images {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** The images of a dataset that count, or those of one split, in the order in which they were added. */
  ofDataset(dataset: number, split?: Split): ImageRecord[] {
    return this.#database.rows(
      `SELECT ${COLUMNS} FROM images WHERE dataset_id = @dataset AND excluded IS NULL AND (@split IS NULL OR split = @split) ORDER BY position`,
      { dataset, split: split ?? null },
      listedRow,
    );
  }

  /** All images of a dataset, also those that were left out. */
  allOfDataset(dataset: number): ImageRecord[] {
    return this.#database.rows(
      `SELECT ${COLUMNS} FROM images WHERE dataset_id = @dataset ORDER BY position`,
      { dataset },
      listedRow,
    );
  }

  /** Leaves images out, takes them in again, or moves them to another split. */
  change(changes: readonly ImageState[]): void {
    this.#database.transaction(() => {
      for (const { id, split, excluded } of changes) {
        this.#database.run(
          `UPDATE images SET excluded = @excluded, dealt_split = coalesce(dealt_split, split), split = @split WHERE id = @id`,
          { id, split: splitSchema.parse(split), excluded: imageRecord.shape.excluded.parse(excluded) },
        );
      }
    });
  }

  /** One image with the id of its dataset, or undefined. */
  byId(id: number): (ImageRecord & { datasetId: number }) | undefined {
    return this.#database.row(
      `SELECT ${COLUMNS}, dataset_id AS datasetId FROM images WHERE id = @id`,
      { id },
      ownedRow,
    );
  }

  /** Ids of the first images of a dataset, at most `count`. */
  firstIds(dataset: number, count: number): number[] {
    return this.#database
      .rows(
        'SELECT id FROM images WHERE dataset_id = @dataset AND excluded IS NULL ORDER BY position LIMIT @count',
        { dataset, count },
        z.object({ id: idColumn }),
      )
      .map(({ id }) => id);
  }

  /** Number of images of a dataset in each split, without those that were left out. */
  splitCounts(dataset: number): Record<Split, number> {
    const rows = this.#database.rows(
      'SELECT split, count(*) AS images FROM images WHERE dataset_id = @dataset AND excluded IS NULL GROUP BY split',
      { dataset },
      z.object({ split: splitSchema, images: z.number().int() }),
    );
    const counts = { train: 0, validation: 0, test: 0 };
    for (const { split, images } of rows) counts[split] = images;
    return counts;
  }

  /** Appends images to a dataset. @throws ZodError when a path leaves the dataset's root. */
  add(dataset: number, images: readonly NewImage[]): void {
    const checked = images.map((image) => newImage.parse(image));
    this.#database.transaction(() => {
      for (const [position, image] of checked.entries()) this.#insert(dataset, position, image);
    });
  }

  #insert(dataset: number, position: number, image: NewImage): void {
    this.#database.run(
      `INSERT INTO images (dataset_id, position, name, image, masks, page, width, height, channels, bit_depth,
         mask_reading, foreground, image_hash, mask_hash, given_split, split, group_name)
       VALUES (@dataset, @position, @name, @image, @masks, @page, @width, @height, @channels, @bitDepth,
         @maskReading, @foreground, @imageHash, @maskHash, @givenSplit, @split, @group)`,
      { ...image, dataset, position, masks: finiteJson(image.masks) },
    );
  }
}
