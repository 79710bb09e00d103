import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';

export interface SmallUnet {
  readonly widths: readonly number[];
  readonly channels?: number;
  readonly useBias?: boolean;
}

/** A U-Net with as many levels as widths, odd ones welcome; deterministic names and weights. */
export function smallUnet({ widths, channels = 3, useBias = false }: SmallUnet): LayersModel {
  let seed = 1;
  const initializer = () => ({
    className: 'HeNormal',
    config: { seed: seed++ },
  });
  const apply = (layer: layers.Layer, from: SymbolicTensor | SymbolicTensor[]) =>
    layer.apply(from) as SymbolicTensor;
  const normRelu = (from: SymbolicTensor) =>
    apply(
      layers.activation({ activation: 'relu' }),
      apply(layers.batchNormalization({ momentum: 0.9, epsilon: 1e-3 }), from),
    );
  const convolution = (from: SymbolicTensor, filters: number) =>
    normRelu(
      apply(
        layers.conv2d({
          filters,
          kernelSize: 3,
          padding: 'same',
          useBias,
          kernelInitializer: initializer() as never,
        }),
        from,
      ),
    );
  const image = input({ shape: [null, null, channels] });
  const skips: SymbolicTensor[] = [];
  let features = image;
  for (const [level, width] of widths.entries()) {
    if (level > 0) features = apply(layers.maxPooling2d({ poolSize: 2, strides: 2 }), features);
    features = convolution(convolution(features, width), width);
    skips.push(features);
  }
  for (const [level, width] of [...widths.entries()].reverse().slice(1)) {
    const up = layers.conv2dTranspose({
      filters: width,
      kernelSize: 2,
      strides: 2,
      padding: 'same',
      useBias,
      kernelInitializer: initializer() as never,
    });
    const skip = skips[level];
    if (!skip) throw new Error('Every level has a skip.');
    features = apply(layers.concatenate(), [skip, normRelu(apply(up, features))]);
    features = convolution(convolution(features, width), width);
  }
  const head = layers.conv2d({ filters: 2, kernelSize: 1, kernelInitializer: initializer() as never });
  return model({ inputs: image, outputs: apply(head, features) });
}
