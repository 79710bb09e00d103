import type { Preparation } from './preparation.ts';

const percent = (share: number): string => `${+(share * 100).toFixed(3)}`;

/**
 * The preparation of an image, and what is made of the network's answer, in the order of the work: one sentence or two a step.
 * Whoever does no more than these says reaches the product's own accuracy (test/export/guide).
 */
export function preparationSteps(preparation: Preparation): string[] {
  const { channels, workingSide, intensities, luminance, standardise, padding, tiles, threshold } =
    preparation;
  const { eightBit, otherwise } = intensities;
  const quantiles = `${percent(otherwise.lowQuantile)} and ${percent(otherwise.highQuantile)} percentiles`;
  return [
    `Read the pixels as they are stored: no colour profile, no EXIF orientation, no alpha. One page of a stack is one image.`,
    `Two intensities LOW and HIGH become 0 and 1. 8-bit files: ${eightBit.low} and ${eightBit.high}. 16-bit and float files: the image's own ${quantiles}, over all its pixels and channels together and before it is resized (the values at the places floor(q (n - 1)) of the n sorted ones). If both are equal, HIGH = LOW + 1.`,
    `Resize so that the shorter side has ${workingSide} pixels, the longer one in proportion (rounded). Where the image shrinks: Lanczos (a = 3) widened by the factor; a factor of 4 or more is preceded by means over blocks of floor(factor / 2) pixels. Where it grows: Catmull-Rom cubic about the centres of the pixels (the new pixel i at the old position (i + 1/2) old / new - 1/2, where 0 is the centre of the first pixel), the border's pixel repeated beyond it. The results are rounded to the whole numbers of the file, except of float images. Float images are clipped to LOW and HIGH before.`,
    `(value - LOW) / (HIGH - LOW), clipped to 0 and 1.`,
    channels === 1
      ? `The network takes one channel: of a colour image its luminance, ${luminance[0]} red + ${luminance[1]} green + ${luminance[2]} blue.`
      : `The network takes three channels, red, green and blue: a grey image three times.`,
    `Standardise each channel over the resized image: subtract its mean, divide by its standard deviation, but by no less than ${standardise.leastDeviation}.`,
    `Pad at the right and lower border, by ${padding.by} (without repeating the border), to sides that are multiples of ${padding.multipleOf}. Images of more than ${tiles.wholePixels.toLocaleString('en-GB')} pixels may go through in tiles of ${tiles.side} pixels that overlap by ${tiles.overlap}, blended with weights that fall linearly towards the tiles' borders.`,
    `Of the answer, channel 1 is the probability of foreground (channel 0: background). Cut off what was padded and resize it to the image's own size: mean over the covered area along a side that shrinks, Catmull-Rom cubic along one that grows. Foreground is where it is above ${threshold}.`,
  ];
}
