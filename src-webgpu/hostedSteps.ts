import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { WebgpuPayload } from '#contract/webgpuCalls.ts';
import { restoreNetwork } from '../src-main/network/buildNetwork.ts';
import { DeviceStep } from '../src-main/training/deviceStep.ts';

/** The training steps that a job has opened here, by the number that it was given. */
export class HostedSteps {
  readonly #steps = new Map<number, { readonly model: LayersModel; readonly step: DeviceStep }>();
  #opened = 0;

  open({ spec, weights, loss, seed }: WebgpuPayload<'open'>): number {
    const model = restoreNetwork(spec, weights, seed);
    const id = this.#opened++;
    this.#steps.set(id, { model, step: new DeviceStep(model, loss) });
    return id;
  }

  /** @throws Error when no step of that number is open. */
  step(id: number): DeviceStep {
    return this.#find(id).step;
  }

  close(id: number): void {
    const { model, step } = this.#find(id);
    this.#steps.delete(id);
    step.dispose();
    model.dispose();
  }

  #find(id: number) {
    const found = this.#steps.get(id);
    if (!found) throw new Error(`There is no training step ${id}.`);
    return found;
  }
}
