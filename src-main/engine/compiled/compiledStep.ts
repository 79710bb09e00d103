import { networkWeights, type WeightShape } from '#common/network/layerWeights.ts';
import { matchWeights } from '#common/network/matchWeights.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { matchMoments } from '../matchMoments.ts';
import type { Batch, LossOptions, LocalTrainingStep, StepOrder } from '../trainingStep.ts';
import { stepAddon, type InstructionSet, type StepNetwork } from './stepAddon.ts';

/**
 * A training step in C++, in native/step. It copies the weights when it is made; what it has learnt is in `weights()`.
 *
 * One difference from the gradient tape: the bias of a convolution that feeds a batch norm has no effect on the loss,
 * and stays what it was. The tape moves it by the rounding errors of its gradient, which Adam blows up.
 */
export class CompiledStep implements LocalTrainingStep {
  readonly implementation = 'compiled';
  readonly #network: StepNetwork;
  readonly #weights: readonly WeightShape[];
  readonly #loss: LossOptions;
  readonly #seed: number;

  /**
   * @param instructionSet the best one that the processor has unless given
   * @throws other-weights; Error when the processor lacks the instruction set.
   */
  constructor({ layers, weights, loss, seed }: StepOrder, instructionSet?: InstructionSet) {
    this.#weights = networkWeights(layers);
    matchWeights(this.#weights, weights);
    const { StepNetwork } = stepAddon();
    this.#network = new StepNetwork(layers, weights, instructionSet);
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

  setWeights(weights: readonly NamedTensor[]): void {
    const values = matchWeights(this.#weights, weights);
    for (const [index, { name }] of this.#weights.entries())
      this.#network.setWeight(name, values[index] ?? new Float32Array());
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
    const names = this.#weights.filter(({ trainable }) => trainable).map(({ name }) => name);
    const { steps, moments } = matchMoments(names, state);
    for (const [index, [first, second]] of moments.entries())
      this.#network.setMoments(names[index] ?? '', first, second);
    this.#network.steps = steps;
  }

  dispose(): void {
    this.#network.dispose();
  }
}
