import type { Raster } from '../dataset/decoding/raster.ts';
import type { Size } from '../dataset/working/resampleRows.ts';
import { workingImage } from '../dataset/working/workingImage.ts';
import { segmentImage, type Predictor } from '../training/segmentImage.ts';
import { standardise } from '../training/standardise.ts';

/** Foreground probabilities of an image at the size at which a network saw it. */
export interface WorkingProbabilities extends Size {
  /** height * width */
  readonly values: Float32Array;
}

/**
 * Segments an image that is in memory, exactly as test images are.
 * @param size at which the network sees it
 */
export async function segmentRaster(
  predictor: Predictor,
  raster: Raster,
  size: Size,
  channels: 1 | 3,
): Promise<WorkingProbabilities> {
  const { width, height } = size;
  const image = standardise(await workingImage(raster, size, channels), channels);
  return { width, height, values: await segmentImage(predictor, { width, height, channels, image }) };
}
