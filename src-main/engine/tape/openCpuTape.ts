import '@tensorflow/tfjs-backend-cpu';
import { env, setBackend } from '@tensorflow/tfjs-core';
import type { OpenStep } from '../trainingStep.ts';
import { TapeStep } from './tapeStep.ts';

/** Makes steps on TensorFlow.js's own backend in plain JavaScript: slow, and shares no code with the native engine. */
export const openCpuTape: OpenStep = async (order) => {
  // It greets its first user on standard error otherwise.
  env().set('PROD', true);
  await setBackend('cpu');
  return new TapeStep(order, 'cpu');
};
