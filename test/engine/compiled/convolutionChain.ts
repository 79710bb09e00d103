import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/**
 * 3x3 convolutions without activations, so that the smallest rounding does not flip a ReLU: results of different
 * algorithms must then agree to rounding. Wide enough for the Winograd convolution, and odd.
 */
export function convolutionChain(channels = 3, filters: readonly number[] = [17, 19, 16]): LayersModel {
  const image = input({ shape: [null, null, channels] });
  let features: SymbolicTensor = image;
  for (const [index, count] of filters.entries()) {
    const kernelInitializer = { className: 'GlorotNormal', config: { seed: index + 1 } } as never;
    const convolution = layers.conv2d({ filters: count, kernelSize: 3, padding: 'same', kernelInitializer });
    features = convolution.apply(features) as SymbolicTensor;
  }
  // TensorFlow.js takes a seed of 0 for none.
  const kernelInitializer = { className: 'GlorotNormal', config: { seed: filters.length + 1 } } as never;
  const head = layers.conv2d({ filters: 2, kernelSize: 1, kernelInitializer });
  return model({ inputs: image, outputs: head.apply(features) as SymbolicTensor });
}
