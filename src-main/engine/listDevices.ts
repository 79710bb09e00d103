import { totalmem } from 'node:os';
import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import { DEVICES, type DeviceId, type DeviceReport } from '../contract/device.ts';
import { DeviceUnavailableError } from './DeviceUnavailableError.ts';
import { openEngine } from './openEngine.ts';
import { selfTest, timeReferenceStep } from './selfTest.ts';

const NAMES: Readonly<Record<DeviceId, string>> = {
  native: 'CPU (native)',
  tensorflow: 'NVIDIA GPU (TensorFlow)',
  webgpu: 'GPU (WebGPU)',
};

/** Opens, tests and times every device. One that fails its self-test is not usable. The current backend stays current. */
export async function listDevices(): Promise<DeviceReport[]> {
  const before = getBackend();
  const reports: DeviceReport[] = [];
  for (const id of DEVICES) reports.push(await report(id));
  if (before !== '') await setBackend(before);
  return reports;
}

async function report(id: DeviceId): Promise<DeviceReport> {
  const unusable = { id, name: NAMES[id], usable: false, selfTest: null, stepMs: null, memoryBytes: null };
  try {
    const engine = await openEngine(id);
    const { passed, text } = await selfTest(engine.backendName);
    if (!passed) {
      const remedy = 'Do not use this device. Please report it with the output of: ccnet devices --json.';
      return { ...unusable, selfTest: text, reason: 'Its results differ from the reference.', remedy };
    }
    return {
      id,
      name: `${NAMES[id]}, ${engine.version}`,
      usable: true,
      reason: null,
      remedy: null,
      selfTest: text,
      stepMs: await timeReferenceStep(engine.backendName),
      // A GPU's own memory is not something that TensorFlow.js tells.
      memoryBytes: id === 'native' ? totalmem() : null,
    };
  } catch (error) {
    if (!(error instanceof DeviceUnavailableError)) throw error;
    return { ...unusable, reason: error.message, remedy: error.remedy };
  }
}
