import type { Raster } from '../decoding/raster.ts';
import { type IntensityRange, intensityRange, rescaleIntensity } from '../decoding/rescaleIntensity.ts';
import { toChannels } from '../decoding/toChannels.ts';
import { resizeImage } from './resizeImage.ts';
import type { Size } from './resampleRows.ts';

const SIXTEEN_BITS: IntensityRange = { low: 0, high: 65_535 };

/**
 * The pixels of an image at another size, as a network is shown them before they are standardised: intensities in [0, 1] by the
 * image's own range (rescaleIntensity), in the network's channels.
 * @returns height * width * channels, channel-last
 */
export async function workingImage(raster: Raster, size: Size, channels: 1 | 3): Promise<Float32Array> {
  const { width, height } = size;
  const range = intensityRange(raster);
  const resized =
    raster.bitDepth === 32
      ? rescaleIntensity(await resizeImage(toSixteenBits(raster, range), width, height), SIXTEEN_BITS)
      : rescaleIntensity(await resizeImage(raster, width, height), range);
  return toChannels(resized, raster.channels, channels);
}

/** sharp clips raw float pixels to 0..255, so they are resampled as 16-bit steps of the range that becomes [0, 1]. */
function toSixteenBits(raster: Raster, range: IntensityRange): Raster {
  const steps = Uint16Array.from(rescaleIntensity(raster.data, range), (value) => Math.round(value * 65_535));
  return { ...raster, bitDepth: 16, data: steps };
}
