import type { WebgpuPayload } from '#contract/webgpuCalls.ts';
import type { GpuContext } from '../src-main/engine/gpu/gpuContext.ts';
import { GpuStep } from '../src-main/engine/gpu/gpuStep.ts';

/** The training steps that a job has opened here, by the number that it was given. */
export class HostedSteps {
  readonly #steps = new Map<number, GpuStep>();
  #opened = 0;

  async open(context: GpuContext, order: WebgpuPayload<'open'>): Promise<number> {
    const id = this.#opened++;
    this.#steps.set(id, await GpuStep.open(context, order));
    return id;
  }

  /** @throws Error when no step of that number is open. */
  step(id: number): GpuStep {
    const found = this.#steps.get(id);
    if (!found) throw new Error(`There is no training step ${id}.`);
    return found;
  }

  async close(id: number): Promise<void> {
    const step = this.step(id);
    this.#steps.delete(id);
    await step.dispose();
  }
}
