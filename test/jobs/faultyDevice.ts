import { openNative } from '../../src-main/engine/openNative.ts';
import type { Engine } from '../../src-main/engine/Engine.ts';
import { guardStep } from '../../src-main/engine/guardStep.ts';
import { nativeReference } from '../../src-main/engine/nativeReference.ts';
import { selfTest } from '../../src-main/engine/selfTest.ts';
import type { Batch, OpenStep } from '../../src-main/engine/trainingStep.ts';
import { CompiledStep } from '../../src-main/engine/compiled/compiledStep.ts';

type Fault = 'none' | 'throws' | 'computes NaN';

/** What the device does from now on: its steps throw, or their loss is no number. */
export const faultyDevice: { fault: Fault } = { fault: 'none' };

class FaultyStep extends CompiledStep {
  override run(batch: Batch, learningRate: number): number {
    if (faultyDevice.fault === 'throws')
      throw new Error('Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[8,64,64,16]');
    const loss = super.run(batch, learningRate);
    return faultyDevice.fault === 'computes NaN' ? Number.NaN : loss;
  }
}

/** A card that stops working, in the place of the one on TensorFlow. */
export function openFaultyDevice(): Promise<Engine> {
  const openStep: OpenStep = async (order) => guardStep('tensorflow', () => new FaultyStep(order));
  return Promise.resolve({
    ...openNative({}),
    id: 'tensorflow',
    name: 'A card that fails',
    version: 'tensorflow 0.0 (a card)',
    openStep,
    selfTest: () => selfTest(openStep, nativeReference),
  });
}
