import type { ImageView } from '#contract/channels.ts';
import type { Measure } from '#common/dataset/complexity.ts';

/** Finite values of one measure over the images that were measured. */
export function valuesOf(images: readonly ImageView[], measure: Measure): number[] {
  return images
    .flatMap((image) => (image.excluded === null ? (image.complexity?.[measure] ?? []) : []))
    .filter(Number.isFinite);
}

/** Arithmetic mean; NaN without values. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
