import { abs, add, randomNormal, tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import {
  layers,
  model as buildModel,
  input,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { VerificationImage } from '../../src-main/export/verifyExport.ts';

/** A model [N, H, W, 3] -> logits [N, H, W, 2] that uses every layer class of the base networks. */
export function everyLayer(): LayersModel {
  const image = input({ shape: [null, null, 3] });
  const then = (layer: layers.Layer, ...from: SymbolicTensor[]): SymbolicTensor =>
    layer.apply(from.length === 1 ? (from[0] as SymbolicTensor) : from) as SymbolicTensor;
  const convolved = then(layers.conv2d({ filters: 5, kernelSize: 3, padding: 'same' }), image);
  const skip = then(layers.reLU(), then(layers.batchNormalization({}), convolved));
  const pooled = then(layers.maxPooling2d({ poolSize: 2 }), skip);
  const deep = then(
    layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu', useBias: false }),
    pooled,
  );
  const up2 = then(layers.conv2dTranspose({ filters: 5, kernelSize: 2, strides: 2, padding: 'same' }), deep);
  const up4 = then(layers.conv2dTranspose({ filters: 5, kernelSize: 4, strides: 2, padding: 'same' }), deep);
  const added = then(layers.add(), up2, up4);
  const joined = then(layers.concatenate(), skip, then(layers.dropout({ rate: 0.5 }), added));
  const model = buildModel({
    inputs: image,
    outputs: then(layers.conv2d({ filters: 2, kernelSize: 1 }), joined),
  });
  model.setWeights(
    model.weights.map((weight) => {
      const noise: Tensor = randomNormal(weight.shape as number[], 0, 0.4, 'float32', 7);
      // Variances must be positive.
      return weight.originalName.endsWith('variance') ? add(abs(noise), 0.5) : noise;
    }),
  );
  return model;
}

/** What `model` (with softmax) says of a random image. */
export function verificationImage(model: LayersModel, height: number, width: number): VerificationImage {
  const image = randomNormal([1, height, width, 3], 0, 1, 'float32', 3).dataSync<'float32'>();
  const output = (model.predict(tensor4d(image, [1, height, width, 3])) as Tensor).dataSync<'float32'>();
  const foreground = Float32Array.from({ length: height * width }, (_, pixel) => output[pixel * 2 + 1] ?? 0);
  return { height, width, channels: 3, image, foreground };
}
