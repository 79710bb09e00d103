import { countError, objectPrecision, objectRecall } from '#common/training/objectScores.ts';
import type { ImageView, TestImageView } from '#contract/channels.ts';
import type { DataTable } from '../tables/dataTable.ts';

/** A test image and how well a network does on it. */
export interface TestedImage {
  readonly image: ImageView;
  readonly result: TestImageView;
}

export type ResultColumn =
  'name' | 'dice' | 'iou' | 'drawn' | 'found' | 'countError' | 'precision' | 'recall' | 'boundary';

/** The value of a column; null where an image has none. */
export function resultValue({ image, result }: TestedImage, column: ResultColumn): string | number | null {
  const { objects } = result;
  switch (column) {
    case 'name':
      return image.name;
    case 'dice':
      return result.dice;
    case 'iou':
      return result.iou;
    case 'drawn':
      return objects.drawn;
    case 'found':
      return objects.found;
    case 'countError':
      return countError(objects);
    case 'precision':
      return objectPrecision(objects);
    case 'recall':
      return objectRecall(objects);
    case 'boundary':
      return objects.boundary;
  }
}

const naturally = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Sorted by a column; images without a value come last. */
export function sortResults(
  tested: readonly TestedImage[],
  column: ResultColumn,
  descending: boolean,
): TestedImage[] {
  const turn = descending ? -1 : 1;
  return [...tested].sort((one, other) => {
    const [a, b] = [resultValue(one, column), resultValue(other, column)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order =
      typeof a === 'string' || typeof b === 'string' ? naturally.compare(String(a), String(b)) : a - b;
    return order === 0 ? naturally.compare(one.image.name, other.image.name) : turn * order;
  });
}

const COLUMNS: readonly (readonly [string, ResultColumn])[] = [
  ['image', 'name'],
  ['dice', 'dice'],
  ['iou', 'iou'],
  ['objects_drawn', 'drawn'],
  ['objects_found', 'found'],
  ['count_error', 'countError'],
  ['object_precision', 'precision'],
  ['object_recall', 'recall'],
  ['boundary_distance_px', 'boundary'],
];

/** Every test image with its scores. */
export function resultsTable(tested: readonly TestedImage[]): DataTable {
  return {
    columns: COLUMNS.map(([name]) => name),
    rows: tested.map((one) => COLUMNS.map(([, column]) => resultValue(one, column))),
  };
}
