import { MEASURE_ORDER } from '#common/dataset/measureWords.ts';
import type { ImageView } from '#contract/channels.ts';
import type { DataTable } from './dataTable.ts';

/** Every image of a dataset with its measures; empty where it has not been measured. */
export function measuresTable(images: readonly ImageView[]): DataTable {
  return {
    columns: ['image', 'split', 'width', 'height', 'channels', 'bit_depth', 'foreground', ...MEASURE_ORDER],
    rows: images.map((image) => [
      image.name,
      image.split,
      image.width,
      image.height,
      image.channels,
      image.bitDepth,
      image.foreground,
      ...MEASURE_ORDER.map((measure) => image.complexity?.[measure] ?? null),
    ]),
  };
}
