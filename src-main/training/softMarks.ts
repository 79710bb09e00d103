import type { Random } from '#common/random.ts';

/** The mark that a crop takes of a pixel of its sample. */
export type MarkOf = (pixel: number) => number;

/** Marks of a sample: as drawn, and as a trained network says in bytes (asBytes), where there is one. */
export interface TaughtMarks {
  readonly mask: Uint8Array;
  readonly teacher?: Uint8Array | undefined;
}

const DRAWN_ONLY = 2;

/**
 * Marks to learn from. Where a teacher has seen the sample, every second pixel at random takes a mark that is drawn with the teacher's
 * probability, so that on average the target is half the mask and half what the teacher says. Cross-entropy is linear in its target, so its expected
 * gradient is that of the soft target (Hinton et al., arXiv 1503.02531, at temperature 1), on every device alike. Pixels that do not count stay so.
 *
 * @param random of this crop alone, so that crops do not depend on each other
 */
export function marksOf({ mask, teacher }: TaughtMarks, random: Random): MarkOf {
  if (!teacher) return (pixel) => mask[pixel] ?? 0;
  return (pixel) => {
    const drawn = mask[pixel] ?? 0;
    const word = random.word();
    if (word & 1 || drawn >= DRAWN_ONLY) return drawn;
    return word >>> 24 < (teacher[pixel] ?? 0) ? 1 : 0;
  };
}

/** Probabilities as bytes: 0 for certainly background, 255 for certainly foreground. */
export function asBytes(probabilities: Float32Array): Uint8Array {
  // 256 is what a random byte is always below; it is stored as 255 and drawn once in 256 times too rarely.
  return Uint8Array.from(probabilities, (probability) => Math.min(255, Math.round(probability * 256)));
}
