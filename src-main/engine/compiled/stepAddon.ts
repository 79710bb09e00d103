import { loadAddon } from '../../../native/loadAddon.ts';

/**
 * One layer of a network; lists of them are in forward order, and the last one gives the logits. What runs together (a ReLU in its
 * convolution, batch norm folded at inference) is the native side's business (native/step/fuse.h).
 */
export interface PlannedLayer {
  readonly kind:
    'input' | 'convolution' | 'transposed' | 'batchNorm' | 'relu' | 'maxPool' | 'concat' | 'add' | 'dropout';
  readonly name: string;
  /** Names of the layers whose output it reads. */
  readonly inputs: readonly string[];
  readonly channels: number;
  /** Side of a convolution's square kernel. */
  readonly kernel?: number;
  /** Of a transposed convolution. */
  readonly stride?: number;
  /** Of a convolution; true where absent. */
  readonly bias?: boolean;
  /** Of a dropout. */
  readonly rate?: number;
  /** Of a batch norm. */
  readonly epsilon?: number;
  readonly momentum?: number;
}

/** A weight, named "LAYER/kernel", "LAYER/bias", "LAYER/gamma", "LAYER/beta", "LAYER/moving_mean" or "LAYER/moving_variance". */
export interface PlannedWeight {
  readonly name: string;
  readonly data: Float32Array;
}

/** What a plan depends on besides its layers. */
export interface PlanShape {
  /** Images of a batch. */
  readonly size: number;
  readonly height: number;
  readonly width: number;
  /** A training step, or an inference. */
  readonly training: boolean;
}

/** Bytes that a network takes for one shape, with the threads of this process. */
export interface PlannedMemory {
  /** Activations, gradients and shared scratch memory: what `StepNetwork.arenaBytes` is after such a step. */
  readonly arenaBytes: number;
  /** Weights, with their gradients and Adam's moments. */
  readonly weightBytes: number;
  /** Kept beside the arena: prepared filters, batch statistics, tables. */
  readonly keptBytes: number;
  /** Scratch memory of all threads, which later steps of any network use again. */
  readonly scratchBytes: number;
}

/** The native network (native/step/network.h). Weights are addressed by their names. */
export interface StepNetwork {
  /** One optimisation step. @returns the loss before the update. */
  step(
    size: number,
    height: number,
    width: number,
    images: Float32Array,
    masks: Uint8Array,
    foregroundWeight: number,
    learningRate: number,
    seed: number,
  ): number;
  predict(size: number, height: number, width: number, images: Float32Array): Float32Array;
  weight(name: string): Float32Array;
  setWeight(name: string, data: Float32Array): void;
  /** The gradient of the last step. */
  gradient(name: string): Float32Array;
  /** Adam's first and second moment. */
  moments(name: string): [Float32Array, Float32Array];
  setMoments(name: string, first: Float32Array, second: Float32Array): void;
  /** Optimisation steps made. */
  steps: number;
  /** Memory of the activations, gradients and scratch of all shapes in use. */
  readonly arenaBytes: number;
  readonly instructionSet: InstructionSet;
  dispose(): void;
}

export type InstructionSet = 'avx512' | 'avx2' | 'baseline';

export interface StepAddon {
  /**
   * @param weights all that the layers have, in any order
   * @throws Error that names the layer or weight that is wrong, or the instruction set that the processor lacks; without one,
   *   the best is taken.
   */
  readonly StepNetwork: new (
    layers: readonly PlannedLayer[],
    weights: readonly PlannedWeight[],
    instructionSet?: InstructionSet,
  ) => StepNetwork;
  /** What a step takes of memory, by the plan that would run; nothing of it is allocated. @throws Error as `step` would */
  planMemory(layers: readonly PlannedLayer[], shape: PlanShape): PlannedMemory;
  threadCount(): number;
  setThreadCount(count: number): void;
}

let addon: StepAddon | undefined;

/** The native addon, loaded once. @throws Error when it has not been built. */
export function stepAddon(): StepAddon {
  addon ??= loadAddon<StepAddon>();
  return addon;
}
