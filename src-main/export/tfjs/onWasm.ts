import '@tensorflow/tfjs-backend-wasm';
import { getBackend, setBackend } from '@tensorflow/tfjs-core';

const WASM = 'wasm';
/** Events to which Emscripten's start-up code listens, so that any unhandled error would end the process its way. */
const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Has TensorFlow.js compute with its own kernels in WebAssembly (XNNPACK, one thread) while `body` runs, and on the backend before
 * again afterwards. They share no code with the engine that trains, which is what makes them a check of it.
 * @throws Error when they do not start; TensorFlow.js would go on with any other backend.
 */
export async function onWasm<Result>(body: () => Promise<Result>): Promise<Result> {
  const before = getBackend();
  try {
    if (!(await startWasm())) throw new Error("TensorFlow.js's WebAssembly kernels did not start.");
    return await body();
  } finally {
    if (before && before !== WASM) await setBackend(before);
  }
}

/** The module file lies beside the package's script, where Emscripten's loader reads it: nothing is fetched. */
async function startWasm(): Promise<boolean> {
  const listeners = EVENTS.map((event) => process.listeners(event as 'uncaughtException'));
  try {
    return await setBackend(WASM);
  } finally {
    for (const [index, event] of EVENTS.entries()) {
      for (const listener of process.listeners(event as 'uncaughtException')) {
        if (!listeners[index]?.includes(listener)) process.removeListener(event, listener);
      }
    }
  }
}
