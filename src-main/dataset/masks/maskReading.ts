import type { Sample } from '#common/dataset/dataset.ts';

/** The foreground of one mask file, and how sure one can be of it. */
export interface MaskReading {
  /** height * width, 0 or 1. */
  readonly foreground: Uint8Array;
  readonly reading: Sample['maskReading'];
  /** What a person should know: kinds become findings. */
  readonly doubts: readonly MaskDoubt[];
}

/**
 * - damaged: values strayed by lossy compression or smoothing, so a threshold was needed
 * - photo: it looks like a photograph and no mask
 * - many-colours: more colours than people give to classes
 * - background-guessed: without black, the most frequent value along the border was taken as background
 */
export type MaskDoubt = 'damaged' | 'photo' | 'many-colours' | 'background-guessed';
