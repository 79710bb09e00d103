import type { Preparation } from '#common/preparation/preparation.ts';
import type { Raster } from '../../dataset/decoding/raster.ts';

/** Values of an image at the working resolution as a program has them that reads and resizes the file, channel-first. */
export interface TestInput {
  readonly data: Uint8Array | Uint16Array | Float32Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

const EPSILON = 1e-6;

/**
 * Steps of the preparation as BioImage.IO names them. Resizing has no name there and is told in the documentation; standardising is in the
 * weights file, because bioimageio.core (0.11) takes the statistics of every step from the image as it came, not from the step before.
 */
export function bioimageioSteps({ intensities }: Preparation, depth: Raster['bitDepth']): object[] {
  const { eightBit, otherwise } = intensities;
  const scale =
    depth === 8
      ? [{ id: 'scale_linear', kwargs: { gain: 1 / (eightBit.high - eightBit.low), offset: 0 } }]
      : [
          {
            id: 'scale_range',
            kwargs: {
              axes: ['channel', 'y', 'x'],
              min_percentile: otherwise.lowQuantile * 100,
              max_percentile: otherwise.highQuantile * 100,
              eps: EPSILON,
            },
          },
          { id: 'clip', kwargs: { min: 0, max: 1 } },
        ];
  return [
    { id: 'ensure_dtype', kwargs: { dtype: 'float32' } },
    ...scale,
    { id: 'ensure_dtype', kwargs: { dtype: 'float32' } },
  ];
}

/**
 * What those steps make of an input: as NumPy computes them, with percentiles interpolated between neighbours.
 * @returns intensities in [0, 1], channel-last, which are still to be standardised
 */
export function prepareAsBioimageio(
  { data, channels, height, width }: TestInput,
  { intensities: declared }: Preparation,
  depth: Raster['bitDepth'],
): Float32Array {
  const sorted = Float64Array.from(data).sort();
  const at = (quantile: number): number => {
    const place = quantile * (sorted.length - 1);
    const below = Math.floor(place);
    const [low = 0, high = low] = [sorted[below], sorted[below + 1]];
    return low + (high - low) * (place - below);
  };
  const { eightBit, otherwise } = declared;
  const [low, span] =
    depth === 8
      ? [0, eightBit.high - eightBit.low]
      : [at(otherwise.lowQuantile), at(otherwise.highQuantile) - at(otherwise.lowQuantile) + EPSILON];
  const pixels = height * width;
  const intensities = new Float32Array(data.length);
  for (let channel = 0; channel < channels; channel += 1) {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const scaled = ((data[channel * pixels + pixel] ?? 0) - low) / span;
      intensities[pixel * channels + channel] = depth === 8 ? scaled : Math.min(1, Math.max(0, scaled));
    }
  }
  return intensities;
}
