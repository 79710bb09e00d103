import { describe, expect, it } from 'vitest';
import { LayerTable } from '#common/network/layerTable.ts';
import { openEngine } from '../../../src-main/engine/openEngine.ts';
import { referenceBatch, referenceOrder } from '../../../src-main/engine/referenceNetwork.ts';
import type { StepOrder } from '../../../src-main/engine/trainingStep.ts';
import { openDawnHost } from '../../../src-main/engine/webgpu/dawnHost.ts';
import { firstWeights } from '../../../src-main/network/firstWeights.ts';
import { failing } from '../../failing.ts';
import { noTestDevice, SLOW } from './testDevice.ts';

const missing = await noTestDevice();

/** A network of one layer, for whose step a software card compiles few kernels. */
function oneLayer(): StepOrder {
  const table = new LayerTable();
  table.convolution('logits', table.input(3), 2, 1);
  const { layers } = table;
  return { layers, weights: firstWeights(layers, 1), loss: { foregroundWeight: 1 }, seed: 1 };
}

describe.skipIf(missing)('the device webgpu at the command line', SLOW, () => {
  it('has passed its self-test against native, and says when the processor computes it', async () => {
    const engine = await openEngine('webgpu');
    expect((await engine.selfTest()).text).toMatch(/^passed: loss and 16 gradients .* the native device/);
    if (engine.name === 'Software GPU (WebGPU)')
      expect(engine.version).toMatch(/^webgpu 5\.\d+\.\d+ \(.*, computed by the processor\)$/);
    else expect(engine.name).toBe('GPU (WebGPU)');
  });

  it('says that its memory did not suffice, and has made no step', async () => {
    const host = await openDawnHost();
    const step = await host.openStep(referenceOrder(40));
    const huge = { ...referenceBatch(1, 8), size: 120, height: 256, width: 256 };
    const outOfMemory = failing('device-failed', { device: 'webgpu', outOfMemory: true });
    await expect(step.run(huge, 1e-3)).rejects.toThrow(outOfMemory);
    expect((await step.optimizer()).at(-1)).toMatchObject({ name: 'step', data: Float32Array.of(0) });
    await step.dispose();
    host.close();
  });

  it('fails by its name, with the reason, when the card is lost, and again whatever is asked later', async () => {
    const host = await openDawnHost();
    const step = await host.openStep(oneLayer());
    expect(await step.run(referenceBatch(1, 8), 1e-3)).toBeGreaterThan(0);
    const running = step.run(referenceBatch(1, 8), 1e-3);
    host.close();
    const lost = failing('device-failed', { device: 'webgpu' });
    await Promise.resolve(running).catch((error: unknown) => expect(error).toMatchObject(lost));
    await expect(step.run(referenceBatch(1, 8), 1e-3)).rejects.toThrow(lost);
    await expect(step.weights()).rejects.toThrow(lost);
    await expect(host.openStep(oneLayer())).rejects.toThrow(lost);
    await step.dispose();
  });
});
