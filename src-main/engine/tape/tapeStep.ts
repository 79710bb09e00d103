import {
  add,
  div,
  mul,
  sigmoid,
  sqrt,
  square,
  sub,
  tensor,
  tensor3d,
  tensor4d,
  tidy,
  variable,
  variableGrads,
  zerosLike,
  type Scalar,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NamedTensor } from '#common/training/training.ts';
import { matchMoments } from '../matchMoments.ts';
import type { Batch, LocalTrainingStep, LossOptions, StepOrder } from '../trainingStep.ts';
import { layersModel } from './layersModel.ts';
import { type ModelVariable, modelVariables, writeVariables } from './modelVariables.ts';
import { namedCopy } from './namedCopy.ts';
import { SeededDropout } from './seededDropout.ts';
import { logitDifference, segmentationLoss } from './segmentationLoss.ts';
import { useBackend } from './useBackend.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

interface Moments {
  readonly name: string;
  readonly weight: Variable;
  readonly first: Variable;
  readonly second: Variable;
}

/** The training step on TensorFlow.js's gradient tape: slow, and right on every backend. */
export class TapeStep implements LocalTrainingStep {
  readonly implementation = 'tape';
  readonly #backend: string;
  readonly #model: LayersModel;
  readonly #loss: LossOptions;
  readonly #variables: readonly ModelVariable[];
  readonly #moments: readonly Moments[];
  readonly #dropouts: readonly SeededDropout[];
  #steps = 0;

  /**
   * @param backend of TensorFlow.js, that this step computes on; it must be ready
   * @throws other-weights
   */
  constructor({ layers, weights, loss, seed }: StepOrder, backend: string) {
    this.#backend = backend;
    useBackend(backend);
    this.#model = layersModel(layers, weights, { name: 'network', seed });
    this.#loss = loss;
    this.#dropouts = this.#model.layers.filter((layer) => layer instanceof SeededDropout);
    this.#variables = modelVariables(layers, this.#model);
    this.#moments = this.#variables
      .filter(({ trainable }) => trainable)
      .map(({ name, variable: weight }) => {
        const zeros = () => tidy(() => variable(zerosLike(weight), false));
        return { name, weight, first: zeros(), second: zeros() };
      });
  }

  run(batch: Batch, learningRate: number): number {
    const loss = this.advance(batch, learningRate);
    const value = loss.dataSync()[0] ?? Number.NaN;
    loss.dispose();
    return value;
  }

  /** One optimisation step, as `run`. @returns the loss before the update, still on the device; the caller disposes it */
  advance(batch: Batch, learningRate: number): Scalar {
    useBackend(this.#backend);
    const { size, height, width, channels, images, masks } = batch;
    for (const dropout of this.#dropouts) dropout.step = this.#steps;
    return tidy(() => {
      const input = tensor4d(images, [size, height, width, channels]);
      const truth = tensor3d(masks, [size, height, width], 'int32');
      const { value, grads } = variableGrads(
        () => segmentationLoss(this.#model.apply(input, { training: true }) as Tensor4D, truth, this.#loss),
        this.#moments.map(({ weight }) => weight),
      );
      this.#steps += 1;
      const firstScale = 1 / (1 - BETA1 ** this.#steps);
      const secondScale = 1 / (1 - BETA2 ** this.#steps);
      for (const { weight, first, second } of this.#moments) {
        const gradient = grads[weight.name];
        if (!gradient) throw new Error(`No gradient reaches ${weight.name}.`);
        first.assign(add(mul(first, BETA1), mul(gradient, 1 - BETA1)));
        second.assign(add(mul(second, BETA2), mul(square(gradient), 1 - BETA2)));
        const root = add(sqrt(mul(second, secondScale)), EPSILON);
        weight.assign(sub(weight, mul(div(mul(first, firstScale), root), learningRate)));
      }
      return value;
    });
  }

  predict(images: Float32Array, size: number, height: number, width: number): Float32Array {
    const probabilities = this.foreground(images, size, height, width);
    const values = Float32Array.from(probabilities.dataSync());
    probabilities.dispose();
    return values;
  }

  /** As `predict`, still on the device: [size, height, width]. The caller disposes it. */
  foreground(images: Float32Array, size: number, height: number, width: number): Tensor3D {
    useBackend(this.#backend);
    return tidy(() => {
      const input = tensor4d(images, [size, height, width, images.length / (size * height * width)]);
      return sigmoid(logitDifference(this.#model.apply(input, { training: false }) as Tensor4D));
    });
  }

  weights(): NamedTensor[] {
    return this.values.map(({ name, value }) => namedCopy(name, value, value.dataSync()));
  }

  /** The weights on the device, in order. They stay the step's own. */
  get values(): { readonly name: string; readonly value: Tensor }[] {
    return this.#variables.map(({ name, variable }) => ({ name, value: variable }));
  }

  setWeights(weights: readonly NamedTensor[]): void {
    useBackend(this.#backend);
    writeVariables(this.#variables, weights);
  }

  optimizer(): NamedTensor[] {
    return [
      ...this.moments.map(({ name, value }) => namedCopy(name, value, value.dataSync())),
      this.stepCount,
    ];
  }

  /** Adam's moments on the device, by the names that `optimizer` gives them. They stay the step's own. */
  get moments(): { readonly name: string; readonly value: Tensor }[] {
    return this.#moments.flatMap(({ name, first, second }) => [
      { name: `${name}/m`, value: first },
      { name: `${name}/v`, value: second },
    ]);
  }

  /** The number of steps made, as `optimizer` stores it. */
  get stepCount(): NamedTensor {
    return { name: 'step', shape: [], data: Float32Array.of(this.#steps) };
  }

  setOptimizer(state: readonly NamedTensor[]): void {
    const names = this.#moments.map(({ name }) => name);
    const { steps, moments } = matchMoments(names, state);
    this.#steps = steps;
    useBackend(this.#backend);
    tidy(() => {
      for (const [index, { first, second }] of this.#moments.entries()) {
        const [firstValues = [], secondValues = []] = moments[index] ?? [];
        first.assign(tensor(firstValues, first.shape));
        second.assign(tensor(secondValues, second.shape));
      }
    });
  }

  dispose(): void {
    for (const { first, second } of this.#moments) {
      first.dispose();
      second.dispose();
    }
    this.#model.dispose();
  }
}
