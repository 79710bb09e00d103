/**
 * Where the output of a layer, or its gradient, lies: channel by channel, and in each channel the images one after the other, row by row.
 * So a concatenation is its inputs side by side, and the sums of batch norm run over neighbours.
 */
export interface FeatureMap {
  /** Name of the buffer. */
  readonly buffer: string;
  /** Its first channel in the buffer. */
  readonly first: number;
  readonly channels: number;
  readonly images: number;
  readonly height: number;
  readonly width: number;
}

/** Positions of one channel. */
export function pixelsOf({ images, height, width }: FeatureMap): number {
  return images * height * width;
}

/** Floats before it in its buffer. */
export function startOf(map: FeatureMap): number {
  return map.first * pixelsOf(map);
}

export function floatsOf(map: FeatureMap): number {
  return map.channels * pixelsOf(map);
}
