import { z } from 'zod';
import { trainingRecipeSchema } from '../training/training.ts';
import { trainingForecastSchema } from '../training/trainingForecast.ts';

/** What the user asks of the network; every field that is absent does not limit. */
export const limitsSchema = z.object({
  /** Least share of the base network's accuracy to keep, in (0, 1]. */
  retain: z.number().gt(0).max(1).optional(),
  /** Least mean Dice, in (0, 1]. */
  minDice: z.number().gt(0).max(1).optional(),
  maxParameters: z.number().int().positive().optional(),
  /** Largest exported file, in bytes. */
  maxBytes: z.number().int().positive().optional(),
  /** Longest forward pass of one working-resolution image, measured on this machine, in milliseconds. */
  maxLatencyMs: z.number().positive().optional(),
  /** Largest peak activation memory of that pass, in bytes. */
  maxMemory: z.number().int().positive().optional(),
  /** Ask that the accuracy goals are met with a chance of 85 %, not 67 %. */
  safe: z.boolean().default(false),
});
export type Limits = z.infer<typeof limitsSchema>;

/** Predicted accuracy and cost of one network size. Dice values in [0, 1]. */
export const predictedPointSchema = z.object({
  alpha: z.number(),
  parameters: z.number(),
  predicted: z.number(),
  /** Dice that is exceeded with a chance of 67 %, and of 85 %; absent in predictions stored before they were kept. */
  likely: z.number().optional(),
  sure: z.number().optional(),
  /** Ends of the 90 % interval. */
  low: z.number(),
  high: z.number(),
  /** True where the size is narrower or wider than every calibrated one. */
  extrapolated: z.boolean().optional(),
});
export type PredictedPoint = z.infer<typeof predictedPointSchema>;

/** A point with all the costs that limits can bind; null where a cost was not needed and so not measured. */
export const candidateSchema = predictedPointSchema.extend({
  macs: z.number(),
  activationBytes: z.number(),
  fileBytes: z.number(),
  latencyMs: z.number().nullable(),
  /** predicted / predicted at alpha 1. */
  retained: z.number(),
  /** Share that is exceeded with a chance of 67 %, and of 85 %; absent in predictions stored before they were kept. */
  retainedLikely: z.number().optional(),
  retainedSure: z.number().optional(),
  retainedLow: z.number(),
  /** May exceed 1, since a smaller network can come out better; absent in predictions stored before it was kept. */
  retainedHigh: z.number().optional(),
  /** Of its training on this machine when it was predicted; null or absent where that is not known. */
  forecast: trainingForecastSchema.nullable().optional(),
  /**
   * False for the base network where it was not asked about: it belongs to the curve, but is not chosen. Absent in predictions
   * stored before it was kept.
   */
  offered: z.boolean().optional(),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** Mean absolute errors of the two baselines of method.md: meanCurve ignores complexity, logParameters uses size alone. */
const baselineErrorsSchema = z.object({
  meanCurve: z.number().nullable(),
  logParameters: z.number().nullable(),
});

/** How well predictors do on datasets that they have not seen (leave-one-dataset-out), in Dice. */
export const predictionErrorSchema = z.object({
  /** Name of the predictor in use. */
  predictor: z.string(),
  mae: z.number().nullable(),
  baselines: baselineErrorsSchema,
  /**
   * The same of retained accuracy Dice(alpha) / Dice(1), as shares, base network left out, over the `datasets` that have a trained
   * base network; null values where none has. Absent in predictions stored before it was kept.
   */
  retained: z
    .object({ mae: z.number().nullable(), baselines: baselineErrorsSchema, datasets: z.number().int() })
    .optional(),
  /** Error of the same predictor without the probes that all other figures here had; absent where there were none. */
  withoutProbes: z.number().optional(),
  /** All candidates with their error, best first. */
  candidates: z.array(z.object({ predictor: z.string(), mae: z.number() })),
  datasets: z.number().int(),
  runs: z.number().int(),
  /**
   * The calibrated datasets that are like this one, whose measured accuracy counts for more, the most alike first; likeness in (0, 1). Absent where the
   * predictor looks at no image, and in predictions stored before it was kept.
   */
  alike: z.array(z.object({ name: z.string(), likeness: z.number() })).optional(),
});
export type PredictionError = z.infer<typeof predictionErrorSchema>;

export const choiceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('chosen'),
    alpha: z.number(),
    parameters: z.number(),
    predicted: z.number(),
    low: z.number(),
    high: z.number(),
  }),
  z.object({
    kind: z.literal('impossible'),
    /** The limits that no remaining candidate meets, in words. */
    binding: z.array(z.string()),
    /** The candidate that misses by least. */
    nearest: candidateSchema,
    advice: z.string(),
  }),
]);
export type Choice = z.infer<typeof choiceSchema>;

export const predictionSchema = z.object({
  points: z.array(predictedPointSchema),
  error: predictionErrorSchema,
  /** Plain-words warnings: outside calibration, few datasets, no own probe, ... */
  warnings: z.array(z.string()),
});
export type Prediction = z.infer<typeof predictionSchema>;

/**
 * What is known of the Dice of all sizes together: normally distributed, sizes correlated. With it the window can tell, at every move of a goal, what
 * a probe would change.
 */
export const jointDiceSchema = z.object({
  /** The sizes, in the order of the prediction's points; 1, the base network, is among them. */
  alphas: z.array(z.number()),
  mean: z.array(z.number()),
  /** Sizes x sizes. */
  covariance: z.array(z.array(z.number())),
  /** Of one probe's validation Dice around the accuracy. */
  probeVariance: z.number().nonnegative(),
});
export type JointDice = z.infer<typeof jointDiceSchema>;

/** A prediction as it was shown and is stored: with what every size costs. */
export const answeredPredictionSchema = predictionSchema.extend({
  candidates: z.array(candidateSchema),
  /** Shorter side, in pixels, at which complexity was measured. */
  workingSide: z.number().int().positive(),
  /** All sizes together, by which the next probe is found; absent in predictions stored before it was kept. */
  joint: jointDiceSchema.optional(),
  /** How the networks were trained that it rests on; absent in predictions stored before it was kept. */
  recipe: trainingRecipeSchema.optional(),
  /** Of the images that it is about; absent in predictions stored before it was kept. */
  fingerprint: z.string().max(128).optional(),
});
export type AnsweredPrediction = z.infer<typeof answeredPredictionSchema>;
