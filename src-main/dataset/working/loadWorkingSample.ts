import type { DrawnMask, Sample, WorkingSample } from '#common/dataset/dataset.ts';
import { CcnetError } from '#common/errors.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import { withDecodingMemory } from '../decoding/decodingMemory.ts';
import { decodePair, openPair, type PairFiles, pairSize } from '../pairing/pairFiles.ts';
import type { Raster } from '../decoding/raster.ts';
import type { IntensityRange } from '../decoding/rescaleIntensity.ts';
import { intensityRange, rescaleIntensity } from '../decoding/rescaleIntensity.ts';
import { resizeImage } from './resizeImage.ts';
import { resizeMask } from './resizeMask.ts';
import { toChannels } from '../decoding/toChannels.ts';
import { workingSize } from './workingSize.ts';

const SIXTEEN_BITS: IntensityRange = { low: 0, high: 65_535 };

export interface WorkingOptions {
  /** Pixels to which the shorter side is scaled, up or down. */
  readonly workingSide: number;
  readonly channels: 1 | 3;
}

/** A sample at the working resolution, and its mask as it was drawn. */
export interface LoadedSample {
  readonly sample: WorkingSample;
  readonly drawn: DrawnMask;
}

/**
 * Decodes one sample and resizes it to the working resolution: intensities in [0, 1] by the image's own range
 * (rescaleIntensity); mask by covered area (resizeMask).
 *
 * @throws CcnetError naming the file when it cannot be read any more or has changed its size since it was examined
 */
export async function loadWorkingSample(
  source: DatasetSource,
  sample: Sample,
  { workingSide, channels }: WorkingOptions,
): Promise<LoadedSample> {
  const files = await openPair(source, sample);
  const size = await pairSize(files, sample.page);
  for (const { width, height } of [size.image, size.mask]) {
    if (width !== sample.width || height !== sample.height) {
      throw new CcnetError('size-changed', { file: sample.image });
    }
  }
  return withDecodingMemory(size.bytes, () => prepared(files, sample, { workingSide, channels }));
}

async function prepared(
  files: PairFiles,
  sample: Sample,
  { workingSide, channels }: WorkingOptions,
): Promise<LoadedSample> {
  const { image, mask, maskWidth, maskHeight } = await decodePair(files, sample.page);
  const { width, height } = workingSize(image.width, image.height, workingSide);
  const range = intensityRange(image);
  const resized =
    image.bitDepth === 32
      ? rescaleIntensity(await resizeImage(toSixteenBits(image, range), width, height), SIXTEEN_BITS)
      : rescaleIntensity(await resizeImage(image, width, height), range);
  const drawn = { width: maskWidth, height: maskHeight, foreground: mask.foreground };
  return {
    sample: {
      name: sample.name,
      width,
      height,
      channels,
      image: toChannels(resized, image.channels, channels),
      mask: resizeMask(drawn.foreground, drawn, { width, height }),
    },
    drawn,
  };
}

/** sharp clips raw float pixels to 0..255, so they are resampled as 16-bit steps of the range that becomes [0, 1]. */
function toSixteenBits(raster: Raster, range: IntensityRange): Raster {
  const steps = Uint16Array.from(rescaleIntensity(raster.data, range), (value) => Math.round(value * 65_535));
  return { ...raster, bitDepth: 16, data: steps };
}
