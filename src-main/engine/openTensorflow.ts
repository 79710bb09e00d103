import { createRequire } from 'node:module';
import util from 'node:util';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { DeviceUnavailableError } from './DeviceUnavailableError.ts';
import type { Engine } from './Engine.ts';

const PACKAGE = '@tensorflow/tfjs-node-gpu';

/**
 * Opens TensorFlow on an NVIDIA GPU through the optional package tfjs-node-gpu.
 * @throws DeviceUnavailableError when the package is not installed or does not load.
 */
export async function openTensorflow(): Promise<Engine> {
  const require = createRequire(import.meta.url);
  restoreRemovedFunctions();
  try {
    require(PACKAGE);
  } catch (cause) {
    throw unavailable(cause);
  }
  await setBackend('tensorflow');
  const { version } = require(`${PACKAGE}/package.json`) as { version: string };
  return {
    id: 'tensorflow',
    name: 'NVIDIA GPU (TensorFlow)',
    version: `tensorflow ${version}`,
    backendName: 'tensorflow',
    memory: () => ({ tensors: memory().numTensors, bytes: memory().numBytes }),
  };
}

/** Node 23 removed two functions that the package still calls when it is loaded (tensorflow/tfjs issue 8609). */
function restoreRemovedFunctions(): void {
  const functions = util as unknown as Record<string, unknown>;
  functions['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  functions['isArray'] ??= (value: unknown) => Array.isArray(value);
}

function unavailable(cause: unknown): DeviceUnavailableError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const missing =
    cause instanceof Error &&
    'code' in cause &&
    cause.code === 'MODULE_NOT_FOUND' &&
    message.includes(PACKAGE);
  return missing
    ? new DeviceUnavailableError(
        'tensorflow',
        `the optional package ${PACKAGE} is not installed.`,
        `Use --device native. For an NVIDIA GPU on Linux or Windows: npm install ${PACKAGE}, with CUDA 11.2 and cuDNN 8.1.`,
        { cause },
      )
    : new DeviceUnavailableError(
        'tensorflow',
        `the package ${PACKAGE} does not load: ${message.split('\n')[0] ?? ''}`,
        'Use --device native, or check that CUDA 11.2 and cuDNN 8.1 are installed and can be found by the loader.',
        { cause },
      );
}
