import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { deviceReportSchema } from '../../src-main/contract/device.ts';
import { listDevices } from '../../src-main/engine/listDevices.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';

describe('listDevices', () => {
  it('tests and times the native engine, and says why the others cannot be used', async () => {
    await openEngine('native');
    const tensors = tf.memory().numTensors;
    const [native, tensorflow, webgpu] = (await listDevices()).map((report) =>
      deviceReportSchema.parse(report),
    );
    expect(native).toMatchObject({ id: 'native', usable: true, reason: null, remedy: null });
    expect(native?.selfTest).toMatch(/^passed: /);
    expect(native?.stepMs).toBeGreaterThan(0);
    expect(native?.memoryBytes).toBeGreaterThan(0);
    for (const report of [tensorflow, webgpu]) {
      expect(report).toMatchObject({ usable: false, stepMs: null, selfTest: null });
      expect(report?.reason).toMatch(/cannot be used: /);
      expect(report?.remedy).toContain('--device native');
    }
    expect(tf.getBackend()).toBe('native');
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
