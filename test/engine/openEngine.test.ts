import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXIT, UsageError } from '#common/errors.ts';
import { DeviceUnavailableError } from '../../src-main/engine/DeviceUnavailableError.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';

// Whatever the user of this machine has set up.
beforeAll(() => vi.stubEnv('CCNET_TENSORFLOW_HOME', join(tmpdir(), 'ccnet-no-tensorflow')));
afterAll(() => vi.unstubAllEnvs());

describe('openEngine', () => {
  it('makes the native engine current and says what it runs on', async () => {
    const engine = await openEngine('native', { threads: 2 });
    expect(engine).toMatchObject({ id: 'native', backendName: 'native' });
    expect(engine.version).toMatch(/^native \d+\.\d+\.\d+ \((baseline|avx2|avx512), 2 threads\)$/);
    expect(tf.getBackend()).toBe('native');
  });

  it('tells how many tensors live and how many bytes are held', async () => {
    const engine = await openEngine('native');
    const before = engine.memory();
    const x = tf.fill([1000], 1);
    expect(engine.memory().tensors).toBe(before.tensors + 1);
    expect(engine.memory().bytes).toBeGreaterThanOrEqual(4000);
    x.dispose();
    expect(engine.memory().tensors).toBe(before.tensors);
  });

  it.each([0, 1.5, -1, 5000])('refuses %s threads', async (threads) => {
    await expect(openEngine('native', { threads })).rejects.toThrow(UsageError);
  });

  it.each(['tensorflow', 'webgpu'] as const)(
    'refuses %s with a reason and a remedy, and changes nothing',
    async (id) => {
      await openEngine('native');
      const error = await openEngine(id).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DeviceUnavailableError);
      expect(error).toMatchObject({ device: id, exitCode: EXIT.usage });
      expect((error as DeviceUnavailableError).remedy).toContain('--device native');
      expect(tf.getBackend()).toBe('native');
    },
  );
});
