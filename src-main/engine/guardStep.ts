import type { DeviceId } from '#common/device/device.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { onDevice } from './onDevice.ts';
import type { Batch, LocalTrainingStep } from './trainingStep.ts';

/** Makes a step of this process whose errors, from its making on, name the device that failed: see onDevice. */
export function guardStep(device: DeviceId, make: () => LocalTrainingStep): LocalTrainingStep {
  return new GuardedStep(
    device,
    onDevice(device, () => make()),
  );
}

class GuardedStep implements LocalTrainingStep {
  readonly #device: DeviceId;
  readonly #step: LocalTrainingStep;

  constructor(device: DeviceId, step: LocalTrainingStep) {
    this.#device = device;
    this.#step = step;
  }

  get implementation(): string {
    return this.#step.implementation;
  }

  run(batch: Batch, learningRate: number): number {
    return this.#guard(() => this.#step.run(batch, learningRate));
  }

  predict(images: Float32Array, size: number, height: number, width: number): Float32Array {
    return this.#guard(() => this.#step.predict(images, size, height, width));
  }

  weights(): NamedTensor[] {
    return this.#guard(() => this.#step.weights());
  }

  setWeights(weights: readonly NamedTensor[]): void {
    this.#guard(() => this.#step.setWeights(weights));
  }

  optimizer(): NamedTensor[] {
    return this.#guard(() => this.#step.optimizer());
  }

  setOptimizer(state: readonly NamedTensor[]): void {
    this.#guard(() => this.#step.setOptimizer(state));
  }

  dispose(): void {
    this.#guard(() => this.#step.dispose());
  }

  #guard<Result>(work: () => Result): Result {
    return onDevice(this.#device, work);
  }
}
