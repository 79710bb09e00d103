import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import { DEVICE_WORDS } from '#common/device/deviceWords.ts';
import { countedPixels } from '#common/dataset/marks.ts';
import { throwIfCancelled } from '#common/errors.ts';
import { formatFactor } from '#common/network/factor.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { OnProgress } from '#contract/progress.ts';
import type {
  Accuracy,
  Checkpoint,
  EpochRecord,
  NamedTensor,
  TrainingRecipe,
} from '#common/training/training.ts';
import type { Engine } from '../engine/Engine.ts';
import type { TrainingStep } from '../engine/trainingStep.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
import { firstWeights } from '../network/firstWeights.ts';
import { ATTEMPT_WORD } from './attempts.ts';
import { batches } from './batches.ts';
import { epochPlan } from './epochPlan.ts';
import { evaluate } from './evaluate.ts';
import { HeldSamples } from './heldSamples.ts';
import { judgeLearning, type LearningVerdict } from './judgeLearning.ts';
import { learnFrom, STEPS_AHEAD } from './learnFrom.ts';
import { learningRateAt } from './learningRateAt.ts';
import { LossQueue } from './lossQueue.ts';
import { Random } from '#common/random.ts';
import { requireSoundDevice } from './requireSoundDevice.ts';
import type { SampleCache } from './sampleCache.ts';
import type { PixelCounts } from './scoreImages.ts';
import { type ExamplesListener, showEpoch, validateEpoch } from './validateEpoch.ts';
import { yieldToEventLoop } from './yieldToEventLoop.ts';

export interface AttemptOptions {
  readonly engine: Engine;
  readonly spec: NetworkSpec;
  readonly recipe: TrainingRecipe;
  readonly seed: number;
  /** From 1; another attempt starts from other weights and sees other crops. */
  readonly attempt: number;
  readonly train: SampleCache;
  readonly validation: SampleCache;
  readonly foregroundWeight: number;
  readonly priorLogit: number;
  readonly resumeFrom: Checkpoint | undefined;
  readonly onCheckpoint: ((checkpoint: Checkpoint) => void | Promise<void>) | undefined;
  readonly onExamples: ExamplesListener | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: OnProgress | undefined;
}

export interface AttemptOutcome extends LearningVerdict {
  readonly weights: readonly NamedTensor[];
  readonly bestEpoch: number;
  readonly validation: Accuracy;
  readonly history: readonly EpochRecord[];
  readonly implementation: string;
  readonly seconds: number;
}

/** Distance between the seeds of two attempts; sweeps use small neighbouring seeds. */
const ATTEMPT_STRIDE = 1_000_003;

/** One training of one network from its first weights (or a checkpoint) to its verdict. */
export class TrainingAttempt {
  readonly #options: AttemptOptions;
  readonly #step: TrainingStep;
  readonly #held: HeldSamples | null;
  readonly #random: Random;
  readonly #history: EpochRecord[];
  #best: { epoch: number; dice: number; weights: readonly NamedTensor[] };

  /** The number of the attempt that a checkpoint belongs to. */
  static numberOf(checkpoint: Checkpoint): number {
    return checkpoint.randomState[ATTEMPT_WORD] ?? 1;
  }

  /** Draws the first weights or takes the checkpoint's, and makes the step that trains them. */
  static async open(options: AttemptOptions): Promise<TrainingAttempt> {
    const { engine, resumeFrom, foregroundWeight, priorLogit } = options;
    const seed = options.seed + (options.attempt - 1) * ATTEMPT_STRIDE;
    const layers = describeNetwork(options.spec);
    const weights = resumeFrom?.weights ?? firstWeights(layers, seed, [0, priorLogit]);
    const step = await engine.openStep({ layers, weights, loss: { foregroundWeight }, seed });
    try {
      if (resumeFrom) await step.setOptimizer(resumeFrom.optimizer);
      return new TrainingAttempt(options, seed, step);
    } catch (error) {
      await step.dispose();
      throw error;
    }
  }

  private constructor(options: AttemptOptions, seed: number, step: TrainingStep) {
    this.#options = options;
    this.#step = step;
    this.#held = step.holder ? new HeldSamples(step.holder) : null;
    const { resumeFrom } = options;
    this.#random = resumeFrom ? new Random(resumeFrom.randomState) : Random.fromSeed(seed);
    this.#history = [...(resumeFrom?.history ?? [])];
    this.#best = {
      epoch: resumeFrom?.bestEpoch ?? 0,
      dice: resumeFrom?.bestValidationDice ?? -1,
      weights: resumeFrom?.bestWeights ?? [],
    };
  }

  /** Trains to the last epoch, or until patience ends, and judges the best weights. */
  async run(): Promise<AttemptOutcome> {
    const { recipe, resumeFrom, validation, onExamples, signal } = this.#options;
    if (resumeFrom) {
      await showEpoch(this.#step, validation, { epoch: resumeFrom.epoch, onExamples, signal });
    }
    let diverged = false;
    while (this.#history.length < recipe.epochs && !this.#outOfPatience() && !diverged) {
      diverged = !(await this.#epoch());
    }
    return this.#judge(diverged);
  }

  async dispose(): Promise<void> {
    await this.#step.dispose();
  }

  #outOfPatience(): boolean {
    const { patience } = this.#options.recipe;
    return patience > 0 && this.#history.length - this.#best.epoch >= patience;
  }

  /** @returns false when the loss was no number any more; the epoch then leaves no trace. */
  async #epoch(): Promise<boolean> {
    const { recipe, train, signal } = this.#options;
    const started = performance.now();
    const epoch = this.#history.length + 1;
    const firstStep = (epoch - 1) * recipe.stepsPerEpoch;
    const plan = epochPlan(train.length, recipe.stepsPerEpoch * recipe.batch, this.#random);
    const losses = new LossQueue();
    let begun = 0;
    let lossSum = 0;
    let done = 0;
    const take = async (waiting: number): Promise<boolean> => {
      for (const loss of await losses.take(waiting)) {
        if (!Number.isFinite(loss)) {
          await requireSoundDevice(this.#options.engine);
          return false;
        }
        lossSum += loss;
        done += 1;
        this.#tell(epoch, firstStep + done, lossSum / done, (performance.now() - started) / 1000 / done);
      }
      return true;
    };
    for await (const batch of batches(train, plan, recipe, signal, this.#held)) {
      throwIfCancelled(signal, 'Training');
      losses.add(learnFrom(this.#step, batch, learningRateAt(firstStep + begun, recipe)));
      begun += 1;
      if (!(await take(STEPS_AHEAD))) return false;
      await yieldToEventLoop();
    }
    if (!(await take(0))) return false;
    const trainingSeconds = (performance.now() - started) / 1000;
    const { validation, onExamples } = this.#options;
    const dice = await validateEpoch(this.#step, validation, { epoch, onExamples, signal });
    this.#history.push({
      epoch,
      loss: lossSum / done,
      validationDice: dice,
      learningRate: learningRateAt(firstStep + done - 1, recipe),
      seconds: (performance.now() - started) / 1000,
      imagesPerSecond: plan.length / trainingSeconds,
    });
    await this.#checkpoint(epoch, dice);
    return true;
  }

  async #checkpoint(epoch: number, dice: number): Promise<void> {
    const { onCheckpoint, recipe, attempt } = this.#options;
    const better = dice > this.#best.dice;
    if (!better && !onCheckpoint) return;
    const weights = await this.#step.weights();
    if (better) this.#best = { epoch, dice, weights };
    await onCheckpoint?.({
      epoch,
      step: epoch * recipe.stepsPerEpoch,
      bestValidationDice: this.#best.dice,
      bestEpoch: this.#best.epoch,
      history: [...this.#history],
      weights,
      bestWeights: this.#best.weights,
      optimizer: await this.#step.optimizer(),
      randomState: [...this.#random.state(), attempt],
    });
  }

  async #judge(diverged: boolean): Promise<AttemptOutcome> {
    const { validation, signal } = this.#options;
    if (this.#best.epoch === 0) this.#best = { epoch: 0, dice: 0, weights: await this.#step.weights() };
    await this.#step.setWeights(this.#best.weights);
    const counts: PixelCounts[] = [];
    const pixels: number[] = [];
    const accuracy = await evaluate(this.#step, validation, {
      signal,
      onImage: (image) => {
        counts.push(image.counts);
        pixels.push(countedPixels(image.sample.mask));
      },
    });
    const verdict = judgeLearning(counts, pixels);
    const burst = diverged && this.#best.epoch === 0;
    return {
      learnt: verdict.learnt && !burst,
      reason: burst ? 'Its loss grew beyond all numbers in the first epoch.' : verdict.reason,
      weights: this.#best.weights,
      bestEpoch: this.#best.epoch,
      validation: accuracy,
      history: this.#history,
      implementation: this.#step.implementation,
      seconds: this.#history.reduce((sum, { seconds }) => sum + seconds, 0),
    };
  }

  #tell(epoch: number, step: number, loss: number, secondsPerStep: number): void {
    const { onProgress, spec, recipe } = this.#options;
    const total = recipe.epochs * recipe.stepsPerEpoch;
    const last = this.#history.at(-1);
    const perStep = last ? last.seconds / recipe.stepsPerEpoch : secondsPerStep;
    onProgress?.({
      stage: `Training ${FAMILY_WORDS[spec.family].plain} at factor ${formatFactor(spec.factor)}`,
      done: step,
      total,
      unit: 'steps',
      secondsLeft: perStep * (total - step),
      figures: {
        epoch,
        loss,
        ...(last ? { validationDice: last.validationDice } : {}),
        imagesPerSecond: recipe.batch / secondsPerStep,
        residentBytes: process.memoryUsage.rss(),
      },
      ...this.#message(),
    });
  }

  #message(): { message?: string } {
    const { attempt, engine, train } = this.#options;
    const held = this.#held?.full ?? null;
    const sentences = [
      ...(attempt > 1 ? ['The network had not learnt; second attempt.'] : []),
      ...(held === null
        ? []
        : [
            `There is room on ${DEVICE_WORDS[engine.id]} for ${held} of ${train.length} training images only: batches with others are cut by the processor.`,
          ]),
    ];
    return sentences.length > 0 ? { message: sentences.join(' ') } : {};
  }
}
