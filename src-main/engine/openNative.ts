import { totalmem } from 'node:os';
import { CcnetError, reasonOf } from '#common/errors.ts';
import { openCompiledStep } from './compiled/openCompiledStep.ts';
import { type StepAddon, stepAddon } from './compiled/stepAddon.ts';
import { DeviceUnavailableError } from './DeviceUnavailableError.ts';
import type { Engine, EngineOptions } from './Engine.ts';
import { selfTest } from './selfTest.ts';

/** Version of the native engine's arithmetic: changes when the same seed may give other bits. */
const VERSION = '0.3.0';

/**
 * Opens the engine of this product: C++ kernels on all cores of the processor.
 * @throws DeviceUnavailableError when the addon has not been built or does not load on this system.
 */
export function openNative({ threads }: EngineOptions): Engine {
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 1024)) {
    throw new CcnetError('not-a-thread-count', { threads });
  }
  const addon = loadedAddon();
  if (threads !== undefined) addon.setThreadCount(threads);
  return {
    id: 'native',
    name: 'CPU (native)',
    version: nativeVersion(addon.threadCount()),
    memoryBytes: totalmem(),
    openStep: openCompiledStep,
    selfTest: async () => {
      // TensorFlow.js is loaded for this alone.
      const { openCpuTape } = await import('./tape/openCpuTape.ts');
      return selfTest(openCompiledStep, { openStep: openCpuTape, name: 'the JavaScript reference' });
    },
  };
}

/** What the native engine with so many threads is called: its arithmetic, which is the same with any number, and what computes it. */
export function nativeVersion(threads: number): string {
  return `native ${VERSION} (${stepAddon().instructionSet()}, ${threads} ${threads === 1 ? 'thread' : 'threads'})`;
}

function loadedAddon(): StepAddon {
  try {
    return stepAddon();
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new DeviceUnavailableError('native-unloadable', { device: 'native', reason }, { cause });
  }
}
