import { findBackend, getBackend, setBackend } from '@tensorflow/tfjs-core';

/**
 * Has TensorFlow.js compute on the backend of this name from now on. It keeps one for the whole process: whoever computes says
 * first on which.
 * @throws Error when the backend has not been made ready (setBackend, awaited once)
 */
export function useBackend(name: string): void {
  if (getBackend() === name) return;
  if (!findBackend(name)) throw new Error(`TensorFlow.js's backend ${name} is not ready.`);
  // Of one that is ready it takes effect at once.
  void setBackend(name);
}
