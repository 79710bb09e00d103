import type { WebgpuPayload } from '#contract/webgpuCalls.ts';
import { DeviceStep } from '../src-main/engine/tape/deviceStep.ts';

/** The training steps that a job has opened here, by the number that it was given. */
export class HostedSteps {
  readonly #steps = new Map<number, DeviceStep>();
  #opened = 0;

  open(order: WebgpuPayload<'open'>): number {
    const id = this.#opened++;
    this.#steps.set(id, new DeviceStep(order, 'webgpu'));
    return id;
  }

  /** @throws Error when no step of that number is open. */
  step(id: number): DeviceStep {
    const found = this.#steps.get(id);
    if (!found) throw new Error(`There is no training step ${id}.`);
    return found;
  }

  close(id: number): void {
    this.step(id).dispose();
    this.#steps.delete(id);
  }
}
