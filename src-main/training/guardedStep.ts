import type { NamedTensor } from '#common/training/training.ts';
import { onDevice } from '../engine/onDevice.ts';
import type { Batch, LocalTrainingStep } from '../engine/trainingStep.ts';

/** A training step of this process whose errors name the device that failed, see onDevice. */
export class GuardedStep implements LocalTrainingStep {
  readonly #step: LocalTrainingStep;

  constructor(step: LocalTrainingStep) {
    this.#step = step;
  }

  get implementation(): string {
    return this.#step.implementation;
  }

  run(batch: Batch, learningRate: number): number {
    return onDevice(() => this.#step.run(batch, learningRate));
  }

  predict(images: Float32Array, size: number, height: number, width: number): Float32Array {
    return onDevice(() => this.#step.predict(images, size, height, width));
  }

  weights(): NamedTensor[] {
    return onDevice(() => this.#step.weights());
  }

  setWeights(weights: readonly NamedTensor[]): void {
    onDevice(() => this.#step.setWeights(weights));
  }

  optimizer(): NamedTensor[] {
    return onDevice(() => this.#step.optimizer());
  }

  setOptimizer(state: readonly NamedTensor[]): void {
    onDevice(() => this.#step.setOptimizer(state));
  }

  dispose(): void {
    onDevice(() => this.#step.dispose());
  }
}
