import type { SampleSource } from '#common/dataset/dataset.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { OnProgress } from '#contract/progress.ts';
import type {
  Accuracy,
  Checkpoint,
  EpochRecord,
  NamedTensor,
  TrainingRecipe,
} from '#common/training/training.ts';
import { ATTEMPTS } from './attempts.ts';
import { checkTrainingRequest } from './checkTrainingRequest.ts';
import type { Engine } from '../engine/Engine.ts';
import { foregroundShare, foregroundWeight, priorLogit } from './foregroundBalance.ts';
import { DEFAULT_CACHE_BYTES, SampleCache, VALIDATION_CACHE_SHARE } from './sampleCache.ts';
import { peakLearningRate } from './peakLearningRate.ts';
import { type Predictor, segmentImage } from './segmentImage.ts';
import { TrainingAttempt } from './trainingAttempt.ts';
import type { ExamplesListener } from './validateEpoch.ts';

export interface TrainOptions {
  readonly engine: Engine;
  readonly spec: NetworkSpec;
  readonly recipe: TrainingRecipe;
  /** Whole number; equal options on one engine give equal weights. */
  readonly seed: number;
  readonly train: SampleSource;
  readonly validation: SampleSource;
  /** Share of foreground pixels in the training masks, where it is known; measured on up to 64 masks otherwise. */
  readonly foregroundShare?: number;
  /** A trained network to learn from as well, as the recipe's `teacherWidth` asks. */
  readonly teacher?: Predictor | undefined;
  /** Continue exactly after this checkpoint of a run with the same options. */
  readonly resumeFrom?: Checkpoint | undefined;
  /** Awaited after every epoch. `bestWeights` is the very array `weights` when the epoch was the best so far. */
  readonly onCheckpoint?: ((checkpoint: Checkpoint) => void | Promise<void>) | undefined;
  /**
   * Awaited after every epoch with up to four validation images, always the same, as the network segments them now; and at
   * once when a training is continued.
   */
  readonly onExamples?: ExamplesListener | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Bytes of decoded samples kept in memory. */
  readonly cacheBytes?: number;
}

export interface TrainedNetwork {
  readonly spec: NetworkSpec;
  /** Weights of the epoch with the best validation Dice. */
  readonly weights: readonly NamedTensor[];
  readonly bestEpoch: number;
  /** Accuracy of those weights on the validation samples. */
  readonly validation: Accuracy;
  readonly history: readonly EpochRecord[];
  /** False when the network does no better than marking everything or nothing. */
  readonly learnt: boolean;
  /** Why it counts as not learnt; null when it has. */
  readonly reason: string | null;
  /** 2 when the first attempt had not learnt and training was begun again (once). */
  readonly attempts: number;
  /** "compiled", "tape" or "webgpu": see TrainingStep. */
  readonly implementation: string;
  /** Seconds of training, validation included, over all sessions of the last attempt. */
  readonly seconds: number;
}

/**
 * Trains one network: Adam, cross-entropy + Dice loss, warm-up and cosine decay,
 * the best epoch's weights by validation Dice. Narrow networks sometimes collapse to a constant output: one that has
 * not learnt is begun again once, with other weights and half the learning rate, before it is reported as not learnt.
 * @throws a failure of common/failures/network.ts when the request does not fit together, CancelledError soon after `signal` aborts (the last
 *   checkpoint stands), DeviceFailedError when the device fails (likewise), and what the sample sources throw for files that cannot be read.
 */
export async function trainNetwork(options: TrainOptions): Promise<TrainedNetwork> {
  const { spec, recipe, signal, resumeFrom } = options;
  checkTrainingRequest(spec, recipe, options.train, options.validation);
  const bytes = options.cacheBytes ?? DEFAULT_CACHE_BYTES;
  const { teacher } = options;
  const train = new SampleCache(
    options.train,
    bytes * (1 - VALIDATION_CACHE_SHARE),
    teacher && ((sample) => segmentImage(teacher, sample)),
  );
  const validation = new SampleCache(options.validation, bytes * VALIDATION_CACHE_SHARE);
  const share = options.foregroundShare ?? (await foregroundShare(train, signal));
  const weight = foregroundWeight(recipe.foregroundWeight, share);

  for (let attempt = resumeFrom ? TrainingAttempt.numberOf(resumeFrom) : 1; ; attempt++) {
    const running = await TrainingAttempt.open({
      spec,
      recipe: { ...recipe, learningRate: peakLearningRate(recipe, spec) / attempt },
      seed: options.seed,
      attempt,
      train,
      validation,
      foregroundWeight: weight,
      priorLogit: priorLogit(share, weight),
      engine: options.engine,
      resumeFrom: resumeFrom && TrainingAttempt.numberOf(resumeFrom) === attempt ? resumeFrom : undefined,
      onCheckpoint: options.onCheckpoint,
      onExamples: options.onExamples,
      signal,
      onProgress: options.onProgress,
    });
    try {
      const outcome = await running.run();
      if (outcome.learnt || attempt >= ATTEMPTS) return { spec, ...outcome, attempts: attempt };
    } finally {
      await running.dispose();
    }
  }
}
