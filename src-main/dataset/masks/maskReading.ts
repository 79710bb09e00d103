import type { Sample } from '#common/dataset/dataset.ts';

/** The marks of one mask file, and how sure one can be of them. */
export interface MaskReading {
  /** height * width: 0 background, 1 foreground, 2 does not count. */
  readonly foreground: Uint8Array;
  readonly reading: Sample['maskReading'];
  /** What a person should know: kinds become findings. */
  readonly doubts: readonly MaskDoubt[];
}

/**
 * - damaged: values strayed by lossy compression or smoothing, so a threshold was needed
 * - photo: it looks like a photograph and no mask
 * - many-colours: more colours than people give to classes
 * - no-background: several values, and none that is background in this data set
 */
export type MaskDoubt = 'damaged' | 'photo' | 'many-colours' | 'no-background';
