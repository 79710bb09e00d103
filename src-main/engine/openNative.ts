import { totalmem } from 'node:os';
import { backend, memory, setBackend } from '@tensorflow/tfjs-core';
import { UsageError } from '#common/errors.ts';
import { DeviceUnavailableError } from './DeviceUnavailableError.ts';
import { timeCompiledStep } from './compiled/timeCompiledStep.ts';
import type { Engine, EngineOptions } from './Engine.ts';
import { NativeBackend } from './native/NativeBackend.ts';
import { NATIVE_BACKEND, registerNativeBackend } from './native/registerNativeBackend.ts';
import { tensorAddon } from './native/tensorAddon.ts';

/** Version of the native kernels' arithmetic: changes when the same seed may give other bits. */
const VERSION = '0.2.0';

/**
 * Opens the engine of this product: C++ kernels on all cores of the processor.
 * @throws DeviceUnavailableError when the addon has not been built or does not load on this system.
 */
export async function openNative({ threads }: EngineOptions): Promise<Engine> {
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 1024)) {
    throw new UsageError(`${threads} is not a number of threads.`, 'Give a whole number from 1 to 1024.');
  }
  try {
    registerNativeBackend();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DeviceUnavailableError(
      'native',
      `its addon does not load. ${reason}`,
      'In a checkout, run: npm run build:native. In an installation, install the package made for this system.',
      { cause },
    );
  }
  const addon = tensorAddon();
  if (threads !== undefined) addon.setThreadCount(threads);
  await setBackend(NATIVE_BACKEND);
  const count = addon.threadCount();
  return {
    id: 'native',
    name: 'CPU (native)',
    version: `native ${VERSION} (${addon.instructionSet()}, ${count} ${count === 1 ? 'thread' : 'threads'})`,
    backendName: NATIVE_BACKEND,
    memoryBytes: totalmem(),
    openStep: null,
    memory: nativeMemory,
    timeStep: timeCompiledStep,
  };
}

function nativeMemory(): { tensors: number; bytes: number } {
  const current = backend();
  if (!(current instanceof NativeBackend)) return { tensors: memory().numTensors, bytes: memory().numBytes };
  const { liveBytes, idleBytes } = current.memory();
  return { tensors: memory().numTensors, bytes: liveBytes + idleBytes };
}
