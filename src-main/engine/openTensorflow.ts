import { totalmem } from 'node:os';
import { setBackend } from '@tensorflow/tfjs-core';
import { DeviceUnavailableError } from './DeviceUnavailableError.ts';
import type { Engine, EngineOptions } from './Engine.ts';
import { FailedSelfTestError } from './FailedSelfTestError.ts';
import { guardStep } from './guardStep.ts';
import { nativeReference } from './nativeReference.ts';
import { selfTest } from './selfTest.ts';
import { TapeStep } from './tape/tapeStep.ts';
import { graphicsCards } from './tensorflow/graphicsCards.ts';
import { type LoadedTensorflow, loadTensorflow, TENSORFLOW_BACKEND } from './tensorflow/loadTensorflow.ts';
import type { OpenStep } from './trainingStep.ts';

/**
 * Opens TensorFlow, through the addon that `ccnet devices setup-cuda` built, after a training step on it has agreed with the
 * native engine's. Computes on the processor only where the user has agreed to that at set-up.
 * @throws DeviceUnavailableError with the exact reason; FailedSelfTestError when its numbers are wrong.
 */
export async function openTensorflow({ threads }: EngineOptions): Promise<Engine> {
  const loaded = loadTensorflow(threads);
  const { version, gpu, record } = loaded;
  const cards = gpu || !record.allowCpu ? graphicsCards() : [];
  if (!gpu && !record.allowCpu) throw noGpu(loaded, cards.length > 0);
  if (!(await setBackend(TENSORFLOW_BACKEND)))
    throw new DeviceUnavailableError('tensorflow-not-starting', { device: 'tensorflow' });
  const openStep: OpenStep = async (order) =>
    guardStep('tensorflow', () => new TapeStep(order, TENSORFLOW_BACKEND));
  const test = () => selfTest(openStep, nativeReference);
  const tested = await test();
  if (!tested.passed) throw new FailedSelfTestError('tensorflow', tested);
  const place = gpu ? (cards[0]?.name ?? 'GPU') : 'CPU';
  return {
    id: 'tensorflow',
    name: `${gpu ? 'NVIDIA GPU' : 'CPU'} (TensorFlow)`,
    version: `tensorflow ${version} (${place})`,
    memoryBytes: gpu ? (cards[0]?.memoryBytes ?? null) : totalmem(),
    openStep,
    selfTest: test,
  };
}

function noGpu({ version, record }: LoadedTensorflow, driver: boolean): DeviceUnavailableError {
  const lacks = record.cuda === false ? 'cuda-build' : driver ? 'cuda-libraries' : 'driver';
  return new DeviceUnavailableError('tensorflow-without-gpu', { device: 'tensorflow', version, lacks });
}
