import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GpuContext } from '../../../src-main/engine/gpu/gpuContext.ts';
import { GpuStep } from '../../../src-main/engine/gpu/gpuStep.ts';
import { requestDawnAdapter } from '../../../src-main/engine/webgpu/dawnAdapter.ts';
import type { StepOrder } from '../../../src-main/engine/trainingStep.ts';

/** Where Chromium's packages keep SwiftShader, the Vulkan driver that computes on the processor. */
const SOFTWARE_DRIVERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'].map(
  (folder) => join(folder, 'vk_swiftshader_icd.json'),
);

/** For tests on it: a software card compiles a kernel in a second, and in many of them on a busy machine. */
export const SLOW = { timeout: 900_000 };

let opening: Promise<GpuContext | string> | undefined;

/** The device that tests of the step on WebGPU run on, in this process; or why there is none, which is a reason to leave them out. */
export function testDevice(): Promise<GpuContext | string> {
  opening ??= open();
  return opening;
}

async function open(): Promise<GpuContext | string> {
  const driver = SOFTWARE_DRIVERS.find((file) => existsSync(file));
  // Always the same device, whatever cards the machine has: what it computes is compared to the last digits.
  if (driver !== undefined && process.env['CCNET_TEST_GPU'] === undefined)
    process.env['VK_DRIVER_FILES'] = process.env['VK_ICD_FILENAMES'] = driver;
  try {
    return await GpuContext.open(await requestDawnAdapter());
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Why there is no device for tests, told once; null when there is one. */
export async function noTestDevice(): Promise<string | null> {
  const device = await testDevice();
  if (typeof device !== 'string') return null;
  console.log(`Left out: the step on WebGPU, because there is no adapter for it here. ${device}`);
  return device;
}

/** A step on it. */
export async function gpuStep(order: StepOrder): Promise<GpuStep> {
  const device = await testDevice();
  if (typeof device === 'string') throw new Error(device);
  return GpuStep.open(device, order);
}
