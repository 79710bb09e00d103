import { DeviceUnavailableError } from '../DeviceUnavailableError.ts';

/** Why WebGPU cannot be used here: it exists in a browser's window only. */
export function webgpuUnavailable(): DeviceUnavailableError {
  return new DeviceUnavailableError(
    'webgpu',
    'WebGPU needs a window, and the command line has none.',
    'Use --device native, or train in the desktop app.',
  );
}
