import { totalmem } from 'node:os';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { DeviceUnavailableError } from './DeviceUnavailableError.ts';
import type { Engine, EngineOptions } from './Engine.ts';
import { FailedSelfTestError } from './FailedSelfTestError.ts';
import { NATIVE_BACKEND, registerNativeBackend } from './native/registerNativeBackend.ts';
import { selfTest, withBackend } from './selfTest.ts';
import { SETUP } from './tensorflow/addonRecord.ts';
import { graphicsCards } from './tensorflow/graphicsCards.ts';
import { type LoadedTensorflow, loadTensorflow, TENSORFLOW_BACKEND } from './tensorflow/loadTensorflow.ts';
import { timeReferenceStep } from './timeReferenceStep.ts';

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
  registerNativeBackend();
  const tested = await selfTest(TENSORFLOW_BACKEND, NATIVE_BACKEND);
  if (!tested.passed) throw new FailedSelfTestError('tensorflow', tested);
  await setBackend(TENSORFLOW_BACKEND);
  const place = gpu ? (cards[0]?.name ?? 'GPU') : 'CPU';
  return {
    id: 'tensorflow',
    name: `${gpu ? 'NVIDIA GPU' : 'CPU'} (TensorFlow)`,
    version: `tensorflow ${version} (${place})`,
    backendName: TENSORFLOW_BACKEND,
    memoryBytes: gpu ? (cards[0]?.memoryBytes ?? null) : totalmem(),
    selfTest: tested,
    openStep: null,
    memory: () => ({ tensors: memory().numTensors, bytes: memory().numBytes }),
    timeStep: () => withBackend(TENSORFLOW_BACKEND, timeReferenceStep),
  };
}

function noGpu({ version, record }: LoadedTensorflow, driver: boolean): DeviceUnavailableError {
  const [why, remedy] =
    record.cuda === false
      ? ['it was built without CUDA', `Set up one that was built with CUDA: ${SETUP}`]
      : driver
        ? [
            'there is an NVIDIA card, but CUDA or cuDNN is missing, or is not the version that this TensorFlow needs',
            'Install what it needs (its own messages: set TF_CPP_MIN_LOG_LEVEL=0 and run ccnet devices again)',
          ]
        : [
            'no NVIDIA driver answers on this machine',
            'Install the driver of the card (nvidia-smi must list it)',
          ];
  return new DeviceUnavailableError(
    'tensorflow',
    `TensorFlow ${version} finds no GPU: ${why}.`,
    `Use --device native. ${remedy}. To let TensorFlow compute on the CPU, set it up with --allow-cpu.`,
  );
}
