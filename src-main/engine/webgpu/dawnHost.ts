import { CcnetError, reasonOf } from '#common/errors.ts';
import { DeviceFailedError } from '../DeviceFailedError.ts';
import { adapterWords } from '../gpu/adapterWords.ts';
import { GpuContext } from '../gpu/gpuContext.ts';
import { GpuStep } from '../gpu/gpuStep.ts';
import type { Batch, SampleHolder, StepOrder, TrainingStep } from '../trainingStep.ts';
import { requestDawnAdapter } from './dawnAdapter.ts';
import type { WebgpuHost } from './webgpuHost.ts';

/** Opens the card of this machine in this process. @throws DeviceUnavailableError without the package or an adapter */
export async function openDawnHost(): Promise<WebgpuHost> {
  const adapter = await requestDawnAdapter();
  const { name, software } = adapterWords(adapter.info);
  const context = await GpuContext.open(adapter);
  return {
    name,
    software,
    openStep: (order) => DawnStep.open(context, order),
    close: () => context.device.destroy(),
  };
}

/** A step in this process whose errors name the device that failed. */
class DawnStep implements TrainingStep {
  readonly implementation = 'webgpu';
  readonly #step: GpuStep;

  static async open(context: GpuContext, order: StepOrder): Promise<DawnStep> {
    return new DawnStep(await guard(GpuStep.open(context, order)));
  }

  private constructor(step: GpuStep) {
    this.#step = step;
  }

  get holder(): SampleHolder {
    const { holder } = this.#step;
    return {
      hold: (index, sample) => guard(holder.hold(index, sample)),
      runCrops: (batch, learningRate) => guard(holder.runCrops(batch, learningRate)),
    };
  }

  run(batch: Batch, learningRate: number) {
    return guard(this.#step.run(batch, learningRate));
  }

  predict(images: Float32Array, size: number, height: number, width: number) {
    return guard(this.#step.predict(images, size, height, width));
  }

  weights() {
    return guard(this.#step.weights());
  }

  setWeights(weights: Parameters<TrainingStep['setWeights']>[0]) {
    return guard(this.#step.setWeights(weights));
  }

  optimizer() {
    return guard(this.#step.optimizer());
  }

  setOptimizer(state: Parameters<TrainingStep['setOptimizer']>[0]) {
    return guard(this.#step.setOptimizer(state));
  }

  /** Never rejects: a card that has gone holds nothing any more. */
  dispose() {
    return this.#step.dispose().catch(() => undefined);
  }
}

/** As onDevice, for what is answered later. @throws DeviceFailedError that names the device */
async function guard<Result>(work: Result | Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof CcnetError) throw cause;
    throw new DeviceFailedError('webgpu', reasonOf(cause), { cause });
  }
}
