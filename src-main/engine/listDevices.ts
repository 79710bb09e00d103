import { DEVICES, type DeviceId, type InspectedDevice } from '#common/device/device.ts';
import { DeviceUnavailableError } from './DeviceUnavailableError.ts';
import { hasCode } from '#common/errors.ts';
import type { Engine } from './Engine.ts';
import { FailedSelfTestError } from './FailedSelfTestError.ts';
import { openEngine } from './openEngine.ts';
import { timeStep } from './timeStep.ts';

const NAMES: Readonly<Record<DeviceId, string>> = {
  native: 'CPU (native)',
  tensorflow: 'NVIDIA GPU (TensorFlow)',
  webgpu: 'GPU (WebGPU)',
};

/** What else is to be known of a usable device. */
export type Measure = (engine: Engine) => Promise<Pick<InspectedDevice, 'steps'>>;

/**
 * Opens, tests and times devices. One that fails its self-test is not usable.
 * @param ids all unless given
 */
export async function listDevices(
  ids: readonly DeviceId[] = DEVICES,
  measure: Measure = () => Promise.resolve({}),
): Promise<InspectedDevice[]> {
  const devices: InspectedDevice[] = [];
  for (const id of ids) devices.push(await inspect(id, measure));
  return devices;
}

async function inspect(id: DeviceId, measure: Measure): Promise<InspectedDevice> {
  const unusable = { id, name: NAMES[id], usable: false, selfTest: null, stepMs: null, memoryBytes: null };
  try {
    const engine = await openEngine(id);
    const tested = await engine.selfTest();
    if (!tested.passed) throw new FailedSelfTestError(id, tested);
    return {
      id,
      name: `${engine.name}, ${engine.version}`,
      usable: true,
      failure: null,
      selfTest: tested.text,
      stepMs: await timeStep(engine.openStep),
      memoryBytes: engine.memoryBytes,
      ...(await measure(engine)),
    };
  } catch (error) {
    if (!(error instanceof DeviceUnavailableError)) throw error;
    const failed = hasCode(error, 'self-test-failed') ? error.facts.result : null;
    return { ...unusable, selfTest: failed, failure: error.failure };
  }
}
