import { describe, expect, it } from 'vitest';
import { faultyDevice } from '#common/device/deviceFault.ts';
import { DeviceFailedError } from '../../src-main/engine/DeviceFailedError.ts';
import { DeviceUnavailableError } from '../../src-main/engine/DeviceUnavailableError.ts';

describe('faultyDevice', () => {
  it('reads the device from the message of either error', () => {
    expect(faultyDevice(new DeviceFailedError('webgpu', 'it was lost.').message)).toBe('webgpu');
    expect(faultyDevice(new DeviceUnavailableError('tensorflow', 'none.', 'None.').message)).toBe(
      'tensorflow',
    );
  });

  it.each([
    '',
    'The file "native" failed: x',
    'The device "toaster" failed: x',
    'Note. The device "native" failed: x',
  ])('blames no device for %j', (message) => {
    expect(faultyDevice(message)).toBeNull();
  });
});
