import type { LayerDescription } from '#common/network/layerDescription.ts';
import type { NamedTensor } from '#common/training/training.ts';

/** Images and masks of one optimisation step. */
export interface Batch {
  readonly size: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** size * height * width * channels standardised intensities, channel-last. */
  readonly images: Float32Array;
  /** size * height * width: 0 background, 1 foreground, 2 does not count. */
  readonly masks: Uint8Array;
}

/** An image and its marks that a device holds, to cut crops out of it. */
export interface HeldSample {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Standardised intensities, channel-last. */
  readonly image: Float32Array;
  /** 0 background, 1 foreground, 2 does not count. */
  readonly mask: Uint8Array;
}

/** How the intensities of a crop are changed: gamma between its darkest and brightest value, then contrast, then brightness. */
export interface Jitter {
  readonly gamma: number;
  readonly contrast: number;
  readonly brightness: number;
}

/** A square crop of a held image. */
export interface HeldCrop {
  /** Index of the image. */
  readonly sample: number;
  readonly top: number;
  readonly left: number;
  /** Bit 0 mirrors left-right, bit 1 top-bottom, bit 2 exchanges rows and columns. */
  readonly symmetry: number;
  readonly jitter: Jitter | null;
}

/** A batch that the device cuts itself. */
export interface CropBatch {
  readonly size: number;
  /** Of every crop. */
  readonly side: number;
  readonly channels: number;
  /** As many as `size`. */
  readonly crops: readonly HeldCrop[];
  /** size * side * side marks as `Batch` has them, where they are not those of the held images; absent otherwise. */
  readonly masks?: Uint8Array | undefined;
}

/**
 * The loss that every step minimises, from logits [N, H, W, 2] and masks y in {0, 1}; pixels that do not count (2) are in none of the
 * sums. With d = logit1 - logit0,
 * p = sigmoid(d), w = foregroundWeight where y = 1 and 1 elsewhere:
 *   cross-entropy = sum(w * (y ? softplus(-d) : softplus(d))) / sum(w)
 *   Dice loss     = 1 - (2 * sum(p * y) + 1) / (sum(p) + sum(y) + 1)     (sums over the whole batch)
 *   loss          = cross-entropy + Dice loss
 */
export interface LossOptions {
  readonly foregroundWeight: number;
}

/** A value at once, or later where another process computes it. */
type Eventually<Value> = Value | Promise<Value>;

/** Bytes of images that a device holds at most: somewhat more than what a training keeps of them in the computer's memory. */
export const MOST_HELD_BYTES = 2 ** 29;

/** What a device with a memory of its own can do beyond a step: hold images, and cut batches out of them. */
export interface SampleHolder {
  /** Takes an image. @returns false when it has no room for it, and holds what it held before */
  hold(index: number, sample: HeldSample): Eventually<boolean>;
  /** As `run`, on the crops that training/cropSample and training/jitterIntensity would cut, to rounding. */
  runCrops(batch: CropBatch, learningRate: number): Eventually<number>;
}

/**
 * A network being trained by Adam (beta1 0.9, beta2 0.999, epsilon 1e-7): batch norm in training mode, moving averages
 * updated. Three implementations: the compiled step of the native engine, the compiled step on WebGPU (in this process or in the window
 * that has it), and the gradient tape of TensorFlow.js.
 */
export interface TrainingStep {
  /** "tape", "compiled" or "webgpu". */
  readonly implementation: string;
  /** Absent where images stay with the processor. */
  readonly holder?: SampleHolder;
  /**
   * One optimisation step. A step that answers later may be asked for the next before it has answered: they are done in their order.
   * @returns the loss before the update.
   */
  run(batch: Batch, learningRate: number): Eventually<number>;
  /** Foreground probabilities, size * height * width, in inference mode; height and width are multiples of 16. */
  predict(images: Float32Array, size: number, height: number, width: number): Eventually<Float32Array>;
  /** All weights, in the order of networkWeights. */
  weights(): Eventually<NamedTensor[]>;
  /** Takes weights by their names. @throws other-weights */
  setWeights(weights: readonly NamedTensor[]): Eventually<void>;
  /** Adam's state: first and second moments per trainable weight, and the step count. */
  optimizer(): Eventually<NamedTensor[]>;
  setOptimizer(state: readonly NamedTensor[]): Eventually<void>;
  dispose(): Eventually<void>;
}

/** A training step of this process: it answers at once. */
export interface LocalTrainingStep extends TrainingStep {
  run(batch: Batch, learningRate: number): number;
  predict(images: Float32Array, size: number, height: number, width: number): Float32Array;
  weights(): NamedTensor[];
  setWeights(weights: readonly NamedTensor[]): void;
  optimizer(): NamedTensor[];
  setOptimizer(state: readonly NamedTensor[]): void;
  dispose(): void;
}

/** The network that a step is to run, from which weights, and with which loss. */
export interface StepOrder {
  /** In forward order; the last one gives two logits per pixel. */
  readonly layers: readonly LayerDescription[];
  /** All weights, by their names, moving averages included. */
  readonly weights: readonly NamedTensor[];
  readonly loss: LossOptions;
  /** Of the dropout masks. */
  readonly seed: number;
}

/** Makes steps on one device. @throws DeviceFailedError when the device fails, as every call of the step does. */
export type OpenStep = (order: StepOrder) => Promise<TrainingStep>;
