import { loadAddon } from '../../../native/loadAddon.ts';

/** One operation of the native plan; its output has its index. Parameters are indices into the weights. */
export interface PlannedLayer {
  readonly kind:
    | 'input'
    | 'convolution'
    | 'transposed'
    | 'batchNorm'
    | 'relu'
    | 'maxPool'
    | 'concatenate'
    | 'add'
    | 'dropout';
  readonly name: string;
  readonly inputs: readonly number[];
  readonly channels: number;
  /** Side of a convolution's square kernel. */
  readonly kernel?: number;
  /** Of a transposed convolution. */
  readonly stride?: number;
  /** Convolution, batch norm: followed by a ReLU. */
  readonly relu?: boolean;
  /** Convolution: followed by batch norm, so that the gradient of the bias is zero. */
  readonly normalized?: boolean;
  readonly rate?: number;
  readonly epsilon?: number;
  readonly momentum?: number;
  readonly weights?: number;
  readonly bias?: number;
  readonly gamma?: number;
  readonly beta?: number;
  readonly mean?: number;
  readonly variance?: number;
}

export interface PlannedWeight {
  readonly data: Float32Array;
  readonly trainable: boolean;
}

/** The native network (native/step/network.h). Weights are addressed by their index. */
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
  weight(index: number): Float32Array;
  setWeight(index: number, data: Float32Array): void;
  /** The gradient of the last step. */
  gradient(index: number): Float32Array;
  /** Adam's first and second moment. */
  moments(index: number): [Float32Array, Float32Array];
  setMoments(index: number, first: Float32Array, second: Float32Array): void;
  /** Optimisation steps made. */
  steps: number;
  /** Memory of the activations, gradients and scratch of all shapes in use. */
  readonly arenaBytes: number;
  readonly instructionSet: InstructionSet;
  dispose(): void;
}

export type InstructionSet = 'avx512' | 'avx2' | 'baseline';

export interface StepAddon {
  /** @throws Error when the processor lacks the instruction set asked for; without one, the best is taken. */
  readonly StepNetwork: new (
    layers: readonly PlannedLayer[],
    weights: readonly PlannedWeight[],
    instructionSet?: InstructionSet,
  ) => StepNetwork;
  threadCount(): number;
  setThreadCount(count: number): void;
}

let addon: StepAddon | undefined;

/** The native addon, loaded once. @throws Error when it has not been built. */
export function stepAddon(): StepAddon {
  addon ??= loadAddon<StepAddon>();
  return addon;
}
