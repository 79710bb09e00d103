import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NamedTensor } from '#common/training/training.ts';
import type { Batch, LossOptions, TrainingStep } from '../engine/trainingStep.ts';
import { namedCopy, readModelWeights } from '../network/modelWeights.ts';
import { TapeStep } from './tapeStep.ts';

/**
 * The gradient tape on a device that answers later, such as a GPU in a browser: the same arithmetic as TapeStep, whose results are
 * awaited instead of holding up the thread.
 */
export class DeviceStep implements TrainingStep {
  readonly implementation = 'tape';
  readonly #model: LayersModel;
  readonly #tape: TapeStep;

  /** The model stays the caller's: it is trained in place and not disposed. */
  constructor(model: LayersModel, loss: LossOptions) {
    this.#model = model;
    this.#tape = new TapeStep(model, loss);
  }

  async run(batch: Batch, learningRate: number): Promise<number> {
    const loss = this.#tape.advance(batch, learningRate);
    const [value] = await loss.data();
    loss.dispose();
    return value ?? Number.NaN;
  }

  async predict(images: Float32Array, size: number, height: number, width: number): Promise<Float32Array> {
    const probabilities = this.#tape.foreground(images, size, height, width);
    const values = await probabilities.data();
    probabilities.dispose();
    return Float32Array.from(values);
  }

  weights(): Promise<NamedTensor[]> {
    return readModelWeights(this.#model);
  }

  setWeights(weights: readonly NamedTensor[]): void {
    this.#tape.setWeights(weights);
  }

  async optimizer(): Promise<NamedTensor[]> {
    const moments = this.#tape.moments.map(async ({ name, value }) =>
      namedCopy(name, value, await value.data()),
    );
    return [...(await Promise.all(moments)), this.#tape.stepCount];
  }

  setOptimizer(state: readonly NamedTensor[]): void {
    this.#tape.setOptimizer(state);
  }

  dispose(): void {
    this.#tape.dispose();
  }
}
