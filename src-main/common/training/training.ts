import { z } from 'zod';

/** No training takes longer, and no stored one can have: thirty years. */
export const MOST_SECONDS = 1e9;

/** Everything that fixes how a network is trained; stored with every run. */
export const trainingRecipeSchema = z.object({
  /** Shorter side, in pixels, to which images are resized. */
  workingSide: z.number().int().min(32).max(4096),
  /** How masks were brought to that size: "area" (dataset/working/resizeMask); runs that do not say were made by the nearest pixel. */
  maskResize: z.enum(['nearest', 'area']).default('nearest'),
  /**
   * "centred": images that grow lie on their masks (dataset/working/enlargeImage); absent: they were enlarged half a new pixel beside them, as
   * earlier versions did.
   */
  imageResize: z.literal('centred').optional(),
  /** Side of the random training crops; a multiple of 16. */
  crop: z.number().int().min(32).max(2048).multipleOf(16),
  batch: z.number().int().min(1).max(256),
  epochs: z.number().int().min(1).max(10_000),
  stepsPerEpoch: z.number().int().min(1).max(100_000),
  /** Peak learning rate of Adam; linear warm-up, then cosine decay to 0. */
  learningRate: z.number().min(1e-12).max(1),
  /** "width": that is the rate of a network of 16 filters in the first level, and narrower ones learn faster (peakLearningRate); absent: of all. */
  learningRateScaling: z.literal('width').optional(),
  /**
   * Filters in the first level of a wider network, trained by the rest of this recipe, from whose answers a narrow one learns as well as from the
   * masks (knowledge distillation: Hinton et al., arXiv 1503.02531; for U-Nets Mangalam & Salzmann, arXiv 1812.00249); absent: from the masks alone.
   */
  teacherWidth: z.number().positive().max(1024).optional(),
  warmupSteps: z.number().int().nonnegative().max(1e9),
  /** Epochs without a better validation Dice before training stops; 0 never stops early. */
  patience: z.number().int().nonnegative().max(1e6),
  /** Weight of the foreground in the cross-entropy: "balanced" from the training masks, or a number. */
  foregroundWeight: z.union([z.literal('balanced'), z.literal('none'), z.number().positive().max(1e6)]),
  /** Flips and quarter turns; "full" adds intensity changes. */
  augmentation: z.enum(['none', 'geometric', 'full']),
});
export type TrainingRecipe = z.infer<typeof trainingRecipeSchema>;

/** Segmentation accuracy against the reference masks. */
export const accuracySchema = z.object({
  /** Mean over images of the Dice coefficient (= F1). */
  dice: z.number().min(0).max(1),
  /** Mean over images of intersection over union. */
  iou: z.number().min(0).max(1),
  /** Dice of all pixels of all images pooled. */
  pooledDice: z.number().min(0).max(1),
  pooledIou: z.number().min(0).max(1),
  perImage: z.array(
    z.object({ name: z.string(), dice: z.number().min(0).max(1), iou: z.number().min(0).max(1) }),
  ),
});
export type Accuracy = z.infer<typeof accuracySchema>;

/** Accuracy at the images' own size against the masks as they were drawn. */
export const testAccuracySchema = accuracySchema.extend({
  /** The same at the working resolution; null in records of version 0.1.0, all of whose figures are at that resolution. */
  working: accuracySchema.pick({ dice: true, iou: true }).nullable().default(null),
});
export type TestAccuracy = z.infer<typeof testAccuracySchema>;

/** One finished epoch. */
export const epochRecordSchema = z.object({
  epoch: z.number().int().positive(),
  loss: z.number(),
  validationDice: z.number().min(0).max(1),
  learningRate: z.number().nonnegative(),
  seconds: z.number().nonnegative().max(MOST_SECONDS),
  imagesPerSecond: z.number().nonnegative(),
});
export type EpochRecord = z.infer<typeof epochRecordSchema>;

/** Named fp32 tensors: weights or optimiser moments, in a fixed order. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** All that is needed to continue a training run exactly where an epoch ended. */
export interface Checkpoint {
  readonly epoch: number;
  readonly step: number;
  readonly bestValidationDice: number;
  readonly bestEpoch: number;
  readonly history: readonly EpochRecord[];
  readonly weights: readonly NamedTensor[];
  readonly bestWeights: readonly NamedTensor[];
  readonly optimizer: readonly NamedTensor[];
  readonly randomState: readonly number[];
}
