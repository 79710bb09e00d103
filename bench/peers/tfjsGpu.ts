import type { OpenStep, StepOrder, TrainingStep } from '../../src-main/engine/trainingStep.ts';

/**
 * TensorFlow.js's own backend for WebGPU, on Dawn in this process: the gradient tape that the device webgpu was up to version 0.1.
 * @returns why it does not start, or how to make a step
 */
export async function tfjsGpu(): Promise<OpenStep | string> {
  try {
    const { create, globals } = await import('webgpu');
    const gpu = create([]);
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
    const { env, setBackend } = await import('@tensorflow/tfjs-core');
    env().set('PROD', true);
    await import('@tensorflow/tfjs-backend-webgpu');
    if (!(await setBackend('webgpu'))) return 'its backend does not start here';
    const { TapeStep } = await import('../../src-main/engine/tape/tapeStep.ts');
    return async (order: StepOrder): Promise<TrainingStep> => {
      const tape = new TapeStep(order, 'webgpu');
      return {
        implementation: 'tape',
        run: async (batch, rate) => {
          const loss = tape.advance(batch, rate);
          const [value] = await loss.data();
          loss.dispose();
          return value ?? Number.NaN;
        },
        predict: async (images, size, height, width) => {
          const probabilities = tape.foreground(images, size, height, width);
          const values = await probabilities.data();
          probabilities.dispose();
          return Float32Array.from(values);
        },
        weights: () => tape.weights(),
        setWeights: (weights) => tape.setWeights(weights),
        optimizer: () => tape.optimizer(),
        setOptimizer: (state) => tape.setOptimizer(state),
        dispose: () => tape.dispose(),
      };
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
