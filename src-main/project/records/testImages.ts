import { z } from 'zod';
import { objectScoresSchema } from '#common/training/objectScoresSchema.ts';
import { idColumn, jsonColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

const share = z.number().min(0).max(1);

const testImageRecord = z.object({
  /** The image of the dataset. */
  image: idColumn,
  /** At the image's own size. */
  dice: share,
  iou: share,
  objects: objectScoresSchema,
});
export type TestImageRecord = z.infer<typeof testImageRecord>;

const testImageRow = testImageRecord.extend({ objects: jsonColumn(objectScoresSchema) });
/** What a mask of the largest image takes as a PNG, and more. */
const MOST_BYTES = 256 * 2 ** 20;
const foundRow = z.object({ found: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MOST_BYTES) });

/** What trained networks find on the test images of their datasets. */
export class TestImages {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** Of a network, the worst first. */
  ofNetwork(network: number): TestImageRecord[] {
    return this.#database.rows(
      `SELECT image_id AS image, dice, iou, objects FROM test_images WHERE network_id = @network ORDER BY dice, image_id`,
      { network },
      testImageRow,
    );
  }

  /** The mask that a network found on an image: a PNG of one channel at the image's own size, 255 foreground. */
  found(network: number, image: number): Uint8Array | undefined {
    return this.#database.row(
      'SELECT found FROM test_images WHERE network_id = @network AND image_id = @image',
      { network, image },
      foundRow,
    )?.found;
  }

  /** @param found a PNG as `found` gives it back */
  add(network: number, { image, dice, iou, objects }: TestImageRecord, found: Uint8Array): void {
    this.#database.run(
      `INSERT OR REPLACE INTO test_images (network_id, image_id, dice, iou, objects, found)
       VALUES (@network, @image, @dice, @iou, @objects, @found)`,
      { network, image, dice, iou, objects: JSON.stringify(objects), found },
    );
  }
}
