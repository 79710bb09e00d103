import type { TrainingProfile } from './trainingProfile.ts';

/**
 * At what size a network sees an image. `side`: the shorter side at the working resolution, as in training and testing. `training`: by the
 * factor of the typical training image, so that objects have the size that they had there, whatever the size of the image. `auto`: the first
 * for images about as large as the training images, else the second.
 */
export const SCALES = ['auto', 'side', 'training'] as const;
export type Scale = (typeof SCALES)[number];

/** By which factor the shorter side may differ from the training images' before an image counts as of another size. */
const ABOUT = 2;

/** A size in pixels, and by which rule it came. */
export interface InferenceSize {
  readonly width: number;
  readonly height: number;
  readonly by: Exclude<Scale, 'auto'>;
}

/** Size at which a network sees an image of `width` x `height` pixels. */
export function inferenceSize(
  { width, height }: { readonly width: number; readonly height: number },
  workingSide: number,
  { side }: Pick<TrainingProfile, 'side'>,
  scale: Scale,
): InferenceSize {
  const shorter = Math.min(width, height);
  const alike = shorter >= side.low / ABOUT && shorter <= side.high * ABOUT;
  const by = scale === 'auto' ? (alike ? 'side' : 'training') : scale;
  const factor = workingSide / (by === 'side' ? shorter : side.median);
  const scaled = (length: number): number => Math.max(1, Math.round(length * factor));
  return { width: scaled(width), height: scaled(height), by };
}
