import { PREPARATION } from '#common/preparation/preparation.ts';
import type { Raster } from './raster.ts';

/** Two intensities of the image that become 0 and 1. */
export interface IntensityRange {
  readonly low: number;
  readonly high: number;
}

const { low: LOW_QUANTILE, high: HIGH_QUANTILE } = PREPARATION.quantiles;
/** Values sampled from a float image to find its quantiles: enough for the 0.1 percent tails. */
const FLOAT_SAMPLE = 1_000_000;

/**
 * The range that becomes [0, 1]: 0 to 255 for 8 bit, so that brightness stays comparable between images; for 16 bit and
 * float the image's own 0.1 and 99.9 percentiles over all channels, because such files rarely fill their range.
 * A constant image gets a range of one step, hence all zeros.
 */
export function intensityRange(raster: Pick<Raster, 'data' | 'bitDepth'>): IntensityRange {
  if (raster.bitDepth === 8) return PREPARATION.eightBit;
  return raster.bitDepth === 16 ? quantiles16(raster.data) : quantilesFloat(raster.data);
}

/** Maps intensities linearly so that `range` becomes [0, 1], and clips what lies outside. */
export function rescaleIntensity(values: ArrayLike<number>, range: IntensityRange): Float32Array {
  const scale = 1 / (range.high - range.low);
  const rescaled = new Float32Array(values.length);
  for (let index = 0; index < rescaled.length; index += 1) {
    rescaled[index] = Math.min(1, Math.max(0, ((values[index] ?? 0) - range.low) * scale));
  }
  return rescaled;
}

function quantiles16(data: Raster['data']): IntensityRange {
  const counts = new Uint32Array(65_536);
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1;
  const at = (quantile: number): number => {
    const rank = quantile * (data.length - 1);
    let seen = 0;
    for (let value = 0; value < counts.length; value += 1) {
      seen += counts[value] ?? 0;
      if (seen > rank) return value;
    }
    return 65_535;
  };
  return stepAtLeast(at(LOW_QUANTILE), at(HIGH_QUANTILE));
}

function quantilesFloat(data: Raster['data']): IntensityRange {
  const { places, step } = sampledPlaces(data.length);
  return sampleRange(Float32Array.from({ length: places }, (_, index) => data[index * step] ?? 0));
}

/** At which of so many values of a float image its quantiles are looked for: every `step`th, from the first. */
export function sampledPlaces(values: number): { readonly places: number; readonly step: number } {
  const step = Math.max(1, Math.floor(values / FLOAT_SAMPLE));
  return { places: Math.ceil(values / step), step };
}

/** intensityRange of a float image, by the values at its `sampledPlaces`; they are sorted. */
export function sampleRange(sample: Float32Array): IntensityRange {
  sample.sort();
  const at = (quantile: number): number => sample[Math.floor(quantile * (sample.length - 1))] ?? 0;
  return stepAtLeast(at(LOW_QUANTILE), at(HIGH_QUANTILE));
}

const stepAtLeast = (low: number, high: number): IntensityRange =>
  high > low ? { low, high } : { low, high: low + 1 };
