import type { NamedTensor } from '#common/training/training.ts';
import type { Batch, StepOrder, TrainingStep } from '../trainingStep.ts';
import { namedCopy } from './namedCopy.ts';
import { TapeStep } from './tapeStep.ts';

/**
 * The gradient tape on a device that answers later, such as a GPU in a browser: the same arithmetic as TapeStep, whose results are
 * awaited instead of holding up the thread.
 */
export class DeviceStep implements TrainingStep {
  readonly implementation = 'tape';
  readonly #tape: TapeStep;

  /** As TapeStep's. */
  constructor(order: StepOrder, backend: string) {
    this.#tape = new TapeStep(order, backend);
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
    return read(this.#tape.values);
  }

  setWeights(weights: readonly NamedTensor[]): void {
    this.#tape.setWeights(weights);
  }

  async optimizer(): Promise<NamedTensor[]> {
    return [...(await read(this.#tape.moments)), this.#tape.stepCount];
  }

  setOptimizer(state: readonly NamedTensor[]): void {
    this.#tape.setOptimizer(state);
  }

  dispose(): void {
    this.#tape.dispose();
  }
}

function read(values: TapeStep['values']): Promise<NamedTensor[]> {
  return Promise.all(values.map(async ({ name, value }) => namedCopy(name, value, await value.data())));
}
