import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { TIMED_SIZE } from '../referenceStep.ts';
import { timeSteps } from '../timeSteps.ts';
import { compileStep } from './compileStep.ts';

/** Median milliseconds of a compiled training step of the network of `referenceStep`, which is how the native device trains. */
export async function timeCompiledStep(): Promise<number> {
  const { batch, side, width } = TIMED_SIZE;
  const network = referenceModel(width);
  const step = compileStep(network, { foregroundWeight: 1 });
  const images = Float32Array.from({ length: batch * side * side * 3 }, (_, i) => Math.sin(i));
  const masks = Uint8Array.from({ length: batch * side * side }, (_, i) => (Math.sin(i) > 0 ? 1 : 0));
  const data = { size: batch, height: side, width: side, channels: 3, images, masks };
  const median = await timeSteps(() => step.run(data, 1e-2));
  step.dispose();
  network.dispose();
  return median;
}

function referenceModel(width: number): LayersModel {
  const block = (x: SymbolicTensor, filters: number): SymbolicTensor => {
    const z = layers.conv2d({ filters, kernelSize: 3, padding: 'same' }).apply(x);
    return layers.reLU().apply(layers.batchNormalization().apply(z)) as SymbolicTensor;
  };
  const image = input({ shape: [null, null, 3] });
  const fine = block(image, width);
  const pooled = layers.maxPooling2d({ poolSize: 2 }).apply(fine) as SymbolicTensor;
  const raised = layers
    .conv2dTranspose({ filters: width, kernelSize: 2, strides: 2, padding: 'same' })
    .apply(block(pooled, 2 * width)) as SymbolicTensor;
  const joined = layers.concatenate().apply([fine, raised]) as SymbolicTensor;
  const logits = layers.conv2d({ filters: 2, kernelSize: 1 }).apply(block(joined, width));
  return model({ inputs: image, outputs: logits as SymbolicTensor });
}
