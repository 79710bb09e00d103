import { describe, expect, it } from 'vitest';
import type { Failure } from '#common/failures/failures.ts';
import type { JobView } from '#contract/channels.ts';
import { otherDevices } from '../../src-renderer/state/devices/otherDevices.ts';

const failed = (error: JobView['error'], kind: 'compress' | 'report' = 'compress'): JobView => ({
  id: 1,
  kind,
  title: 'Compress',
  request: (kind === 'compress' ? { kind, device: 'tensorflow' } : { kind }) as JobView['request'],
  state: 'failed',
  progress: null,
  device: 'tensorflow',
  error,
  result: null,
  written: [],
  startedAt: null,
  finishedAt: null,
});
const LOST: Failure = {
  code: 'device-failed',
  facts: { device: 'tensorflow', reason: 'it was lost.', outOfMemory: false, training: null },
};
const FULL: Failure = { code: 'disk-full', facts: { path: '/a/lab.ccnet', folder: '/a' } };

describe('otherDevices', () => {
  it('offers the processor when the graphics card failed and nothing else is known', () => {
    expect(otherDevices(failed(LOST), [])).toEqual(['native']);
  });

  it('offers every usable device but the one that failed', () => {
    const usable = [{ id: 'native' }, { id: 'tensorflow' }, { id: 'webgpu' }] as const;
    expect(otherDevices(failed(LOST), usable)).toEqual(['native', 'webgpu']);
  });

  it('offers nothing for a job that failed for another reason, has no device, or goes on', () => {
    expect(otherDevices(failed(FULL), [])).toEqual([]);
    expect(otherDevices(failed(LOST, 'report'), [])).toEqual([]);
    expect(otherDevices({ ...failed(LOST), state: 'running' }, [])).toEqual([]);
  });
});
