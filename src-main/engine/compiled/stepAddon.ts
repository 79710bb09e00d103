import type { LayerDescription } from '#common/network/layerDescription.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { loadAddon } from '../loadAddon.ts';

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

/**
 * The addon's entries check what they are given. Their errors have a `code`: INVALID_ARGUMENT for a wrong call, OUT_OF_MEMORY where
 * memory ran out, after which the network is as before the call and can be used on.
 */
export interface StepAddon {
  /**
   * @param layers in forward order; what runs together (a ReLU in its convolution, batch norm folded at inference) is the native
   *   side's business (native/step/plan/fuse.h)
   * @param weights all that the layers have, in any order
   * @throws TypeError that names the layer or weight that is wrong, or the instruction set that the processor lacks; without one,
   *   the best is taken.
   */
  readonly StepNetwork: new (
    layers: readonly LayerDescription[],
    weights: readonly Pick<NamedTensor, 'name' | 'data'>[],
    instructionSet?: InstructionSet,
  ) => StepNetwork;
  /** What a step takes of memory, by the plan that would run; nothing of it is allocated. @throws Error as `step` would */
  planMemory(layers: readonly LayerDescription[], shape: PlanShape): PlannedMemory;
  /** What the processor has, weakest first. */
  instructionSets(): InstructionSet[];
  /** The set that new networks take unless one is named. */
  instructionSet(): InstructionSet;
  threadCount(): number;
  setThreadCount(count: number): void;
}

let addon: StepAddon | undefined;

/** The native addon, loaded once. @throws Error when it has not been built. */
export function stepAddon(): StepAddon {
  addon ??= loadAddon<StepAddon>();
  return addon;
}
