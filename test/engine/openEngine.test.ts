import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXIT } from '#common/exitCodes.ts';
import { DeviceUnavailableError } from '../../src-main/engine/DeviceUnavailableError.ts';
import { failing } from '../failing.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';

// Whatever the user of this machine has set up.
beforeAll(() => vi.stubEnv('CCNET_TENSORFLOW_HOME', join(tmpdir(), 'ccnet-no-tensorflow')));
afterAll(() => vi.unstubAllEnvs());

describe('openEngine', () => {
  it('opens the native engine, which says what it runs on', async () => {
    const engine = await openEngine('native', { threads: 2 });
    expect(engine).toMatchObject({ id: 'native', name: 'CPU (native)' });
    expect(engine.version).toMatch(/^native \d+\.\d+\.\d+ \((baseline|avx2|avx512), 2 threads\)$/);
  });

  it('tests the native engine by what trains, against the tape in JavaScript', async () => {
    const { passed, text } = await (await openEngine('native')).selfTest();
    expect(passed).toBe(true);
    expect(text).toMatch(
      /^passed: loss and 16 gradients of a small U-Net agree with the JavaScript reference within/,
    );
  });

  it.each([0, 1.5, -1, 5000])('refuses %s threads', async (threads) => {
    await expect(openEngine('native', { threads })).rejects.toThrow(
      failing('not-a-thread-count', { threads }),
    );
  });

  it('refuses tensorflow with a reason', async () => {
    const error = await openEngine('tensorflow').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeviceUnavailableError);
    expect(error).toMatchObject({ facts: { device: 'tensorflow' }, exitCode: EXIT.usage });
  });
});
