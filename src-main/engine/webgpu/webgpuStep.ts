import { reasonOf } from '#common/errors.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { WebgpuCall, WebgpuPayload, WebgpuResult } from '#contract/webgpuCalls.ts';
import { DeviceFailedError } from '../DeviceFailedError.ts';
import type { Batch, SampleHolder, StepOrder, TrainingStep } from '../trainingStep.ts';
import type { WebgpuWindow } from './webgpuWindow.ts';

/** A training step whose network lives on the GPU of a window with WebGPU. */
export class WebgpuStep implements TrainingStep {
  readonly implementation = 'webgpu';
  readonly #window: WebgpuWindow;
  readonly #step: number;

  /** @throws DeviceFailedError when the window cannot build the network. */
  static async open(window: WebgpuWindow, order: StepOrder): Promise<WebgpuStep> {
    const { layers, weights, loss, seed } = order;
    const payload = { layers: [...layers], weights: [...weights], loss, seed };
    return new WebgpuStep(window, await ask(window, 'open', payload));
  }

  private constructor(window: WebgpuWindow, step: number) {
    this.#window = window;
    this.#step = step;
  }

  get holder(): SampleHolder {
    const [window, step] = [this.#window, this.#step];
    return {
      hold: (index, { width, height, channels, image, mask }) => {
        const sample = { width, height, channels, image, mask };
        return ask(window, 'hold', { step, index, sample });
      },
      runCrops: (batch, learningRate) => ask(window, 'runCrops', { step, batch, learningRate }),
    };
  }

  run(batch: Batch, learningRate: number): Promise<number> {
    return ask(this.#window, 'run', { step: this.#step, batch, learningRate });
  }

  predict(images: Float32Array, size: number, height: number, width: number): Promise<Float32Array> {
    return ask(this.#window, 'predict', { step: this.#step, images, size, height, width });
  }

  weights(): Promise<NamedTensor[]> {
    return ask(this.#window, 'weights', this.#step);
  }

  async setWeights(weights: readonly NamedTensor[]): Promise<void> {
    await ask(this.#window, 'setWeights', { step: this.#step, tensors: [...weights] });
  }

  optimizer(): Promise<NamedTensor[]> {
    return ask(this.#window, 'optimizer', this.#step);
  }

  async setOptimizer(state: readonly NamedTensor[]): Promise<void> {
    await ask(this.#window, 'setOptimizer', { step: this.#step, tensors: [...state] });
  }

  /** Never rejects: a window that has gone holds nothing any more. */
  async dispose(): Promise<void> {
    await this.#window.call('close', this.#step).catch(() => undefined);
  }
}

/** A call that can only fail with the device: what was asked has been checked before. */
async function ask<Name extends WebgpuCall>(
  window: WebgpuWindow,
  name: Name,
  payload: WebgpuPayload<Name>,
): Promise<WebgpuResult<Name>> {
  try {
    return await window.call(name, payload);
  } catch (cause) {
    if (cause instanceof DeviceFailedError) throw cause;
    throw new DeviceFailedError('webgpu', reasonOf(cause), { cause });
  }
}
