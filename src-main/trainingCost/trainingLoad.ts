import type { Split } from '#common/dataset/dataset.ts';

/** Size of an image in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** What a dataset adds to the cost of a training. */
export interface TrainingLoad {
  readonly channels: 1 | 3;
  /** Sizes of the images at the working resolution. */
  readonly images: Readonly<Record<Split, readonly ImageSize[]>>;
  /** Measured seconds of reading, decoding and resizing one image with its mask. */
  readonly loadSeconds: number;
  /** Bytes of the largest image as it lies in its file, decoded. */
  readonly decodedBytes: number;
}

/** Bytes of prepared samples in memory: fp32 image and mask. */
export function preparedBytes(images: readonly ImageSize[], channels: number): number {
  return images.reduce((sum, { width, height }) => sum + width * height * (4 * channels + 1), 0);
}
