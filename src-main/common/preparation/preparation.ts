import { z } from 'zod';
import { DEFAULT_TILES } from './tiles.ts';

/**
 * What happens to the pixels of an image before and after a network sees them, declared once: training and inference compute
 * with these numbers, and every exported file and its guide tell them.
 */
export const PREPARATION = {
  /** 8-bit values become [0, 1] by these two, so that brightness stays comparable between images. */
  eightBit: { low: 0, high: 255 },
  /** 16-bit and float values do by the image's own quantiles, because such files rarely fill their range. */
  quantiles: { low: 0.001, high: 0.999 },
  /** Weights of red, green and blue where a network takes one channel (luminance, ITU-R BT.601, as JPEG uses them). */
  luminance: [0.299, 0.587, 0.114],
  /** Contrast below which a channel counts as flat, in intensities of [0, 1]: no camera noise is blown up to a signal. */
  leastDeviation: 1e-3,
  /** Divides every family's input size. */
  sideMultiple: 32,
  /** A pixel is foreground when its probability is above. */
  threshold: 0.5,
} as const;

/** The preparation of one trained network, as an exported file tells it to programs: numbers and words, no code. */
export const preparationSchema = z.object({
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Pixels to which the shorter side is resized. */
  workingSide: z.number().int().min(32).max(4096),
  intensities: z.object({
    eightBit: z.object({ low: z.number(), high: z.number() }),
    otherwise: z.object({ lowQuantile: z.number(), highQuantile: z.number() }),
  }),
  luminance: z.array(z.number()).length(3),
  standardise: z.object({ leastDeviation: z.number().positive() }),
  padding: z.object({ multipleOf: z.number().int().positive(), by: z.literal('reflection') }),
  tiles: z.object({
    wholePixels: z.number().int().positive(),
    side: z.number().int().positive(),
    overlap: z.number().int().nonnegative(),
  }),
  classes: z.array(z.string()).min(2),
  threshold: z.number().gt(0).lt(1),
});
export type Preparation = z.infer<typeof preparationSchema>;

/** What a network's channels and working side leave open of PREPARATION. */
export function preparationOf(network: { readonly channels: 1 | 3 }, workingSide: number): Preparation {
  const { eightBit, quantiles, luminance, leastDeviation, sideMultiple, threshold } = PREPARATION;
  const { wholePixels, tile, overlap } = DEFAULT_TILES;
  return {
    channels: network.channels,
    workingSide,
    intensities: { eightBit, otherwise: { lowQuantile: quantiles.low, highQuantile: quantiles.high } },
    luminance: [...luminance],
    standardise: { leastDeviation },
    padding: { multipleOf: sideMultiple, by: 'reflection' },
    tiles: { wholePixels, side: tile, overlap },
    classes: ['background', 'foreground'],
    threshold,
  };
}

/** What is stored with a trained network, by name. */
export function preparationNumbers(workingSide: number): Readonly<Record<string, number>> {
  const { quantiles, leastDeviation, threshold } = PREPARATION;
  return {
    workingSide,
    lowQuantile: quantiles.low,
    highQuantile: quantiles.high,
    leastDeviation,
    threshold,
  };
}
