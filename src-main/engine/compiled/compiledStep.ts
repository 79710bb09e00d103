import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NamedTensor } from '#common/training/training.ts';
import type { Batch, LossOptions, LocalTrainingStep } from '../trainingStep.ts';
import { stepAddon, type InstructionSet, type PlannedLayer, type StepNetwork } from './stepAddon.ts';

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
}

export interface CompileOptions {
  /** Of the dropout masks, together with the number of the step. Default 0. */
  readonly seed?: number;
  /** Default: the best one that the processor has. */
  readonly instructionSet?: InstructionSet;
}

/**
 * A training step that runs outside TensorFlow.js, in native/step. It copies the model's weights when it is made; the
 * model itself is neither kept nor changed.
 *
 * One difference from the gradient tape: the bias of a convolution that feeds a batch norm has no effect on the loss,
 * and stays what it was. The tape moves it by the rounding errors of its gradient, which Adam blows up.
 */
export class CompiledStep implements LocalTrainingStep {
  readonly implementation = 'compiled';
  readonly #network: StepNetwork;
  readonly #weights: readonly Weight[];
  readonly #loss: LossOptions;
  readonly #seed: number;

  constructor(
    model: LayersModel,
    layers: readonly PlannedLayer[],
    loss: LossOptions,
    { seed = 0, instructionSet }: CompileOptions,
  ) {
    const trainable = new Set(model.trainableWeights.map(({ id }) => id));
    const values = model.weights.map((variable) => {
      const value = variable.read();
      return {
        name: variable.originalName,
        shape: [...value.shape],
        trainable: trainable.has(variable.id),
        data: Float32Array.from(value.dataSync()),
      };
    });
    this.#weights = values.map(({ name, shape, trainable }) => ({ name, shape, trainable }));
    const { StepNetwork } = stepAddon();
    this.#network = new StepNetwork(layers, values, instructionSet);
    this.#loss = loss;
    this.#seed = seed;
  }

  get instructionSet(): InstructionSet {
    return this.#network.instructionSet;
  }

  /** Bytes of activations, gradients and scratch memory of the input shapes seen last. */
  get arenaBytes(): number {
    return this.#network.arenaBytes;
  }

  run(batch: Batch, learningRate: number): number {
    const { size, height, width, images, masks } = batch;
    const seed = (Math.imul(this.#seed, 0x9e3779b1) ^ this.#network.steps) >>> 0;
    const { foregroundWeight } = this.#loss;
    return this.#network.step(size, height, width, images, masks, foregroundWeight, learningRate, seed);
  }

  predict(images: Float32Array, size: number, height: number, width: number): Float32Array {
    return this.#network.predict(size, height, width, images);
  }

  weights(): NamedTensor[] {
    return this.#weights.map(({ name, shape }) => ({ name, shape, data: this.#network.weight(name) }));
  }

  /** @throws Error when number or shapes differ: the weights are another network's. */
  setWeights(weights: readonly NamedTensor[]): void {
    if (weights.length !== this.#weights.length) {
      throw new Error(
        `The network has ${this.#weights.length} weight tensors, ${weights.length} were given.`,
      );
    }
    for (const [index, { name, shape }] of this.#weights.entries()) {
      const given = weights[index];
      if (!given || given.shape.join() !== shape.join()) {
        throw new Error(`${name} has shape [${shape.join()}], ${given?.name} has [${given?.shape.join()}].`);
      }
      this.#network.setWeight(name, given.data);
    }
  }

  /** The gradients of the last step, of the trainable weights in order. */
  gradients(): NamedTensor[] {
    return this.#weights.flatMap(({ name, shape, trainable }) =>
      trainable ? [{ name, shape, data: this.#network.gradient(name) }] : [],
    );
  }

  optimizer(): NamedTensor[] {
    const moments = this.#weights.flatMap(({ name, shape, trainable }) => {
      if (!trainable) return [];
      const [first, second] = this.#network.moments(name);
      return [
        { name: `${name}/m`, shape, data: first },
        { name: `${name}/v`, shape, data: second },
      ];
    });
    return [...moments, { name: 'step', shape: [], data: Float32Array.of(this.#network.steps) }];
  }

  /** @throws Error when a moment is missing or has another size. */
  setOptimizer(state: readonly NamedTensor[]): void {
    const byName = new Map(state.map((entry) => [entry.name, entry.data]));
    const find = (name: string): Float32Array => {
      const data = byName.get(name);
      if (!data) throw new Error(`The optimiser's state has no "${name}".`);
      return data;
    };
    for (const { name, trainable } of this.#weights) {
      if (trainable) this.#network.setMoments(name, find(`${name}/m`), find(`${name}/v`));
    }
    this.#network.steps = find('step')[0] ?? 0;
  }

  dispose(): void {
    this.#network.dispose();
  }
}
