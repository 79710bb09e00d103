import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import { DEVICES, type DeviceId, type DeviceReport } from '#common/device/device.ts';
import { DeviceUnavailableError } from './DeviceUnavailableError.ts';
import { FailedSelfTestError } from './FailedSelfTestError.ts';
import { openEngine } from './openEngine.ts';
import { selfTest } from './selfTest.ts';

const NAMES: Readonly<Record<DeviceId, string>> = {
  native: 'CPU (native)',
  tensorflow: 'NVIDIA GPU (TensorFlow)',
  webgpu: 'GPU (WebGPU)',
};

/**
 * Opens, tests and times devices. One that fails its self-test is not usable. The current backend stays current.
 * @param ids all unless given
 */
export async function listDevices(ids: readonly DeviceId[] = DEVICES): Promise<DeviceReport[]> {
  const before = getBackend();
  const reports: DeviceReport[] = [];
  for (const id of ids) reports.push(await report(id));
  if (before) await setBackend(before);
  return reports;
}

async function report(id: DeviceId): Promise<DeviceReport> {
  const unusable = { id, name: NAMES[id], usable: false, selfTest: null, stepMs: null, memoryBytes: null };
  try {
    const engine = await openEngine(id);
    const tested = engine.selfTest ?? (await selfTest(engine.backendName));
    if (!tested.passed) throw new FailedSelfTestError(id, tested);
    return {
      id,
      name: `${engine.name}, ${engine.version}`,
      usable: true,
      reason: null,
      remedy: null,
      selfTest: tested.text,
      stepMs: await engine.timeStep(),
      memoryBytes: engine.memoryBytes,
    };
  } catch (error) {
    if (!(error instanceof DeviceUnavailableError)) throw error;
    const failed = error instanceof FailedSelfTestError ? error.selfTest.text : null;
    return { ...unusable, selfTest: failed, reason: error.message, remedy: error.remedy };
  }
}
