import type {
  ConvolutionLayer,
  LayerDescription,
  TransposedLayer,
} from '#common/network/layerDescription.ts';
import { layerWeights } from '#common/network/layerWeights.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { OnnxNode, OnnxTensor } from './onnxMessages.ts';
import { onnxKernel } from './onnxKernel.ts';

/** What one layer becomes: a node that writes the output of the layer's name, and its constants. */
export interface OnnxLayer {
  readonly node: OnnxNode;
  readonly initializers: readonly OnnxTensor[];
}

/**
 * Writes one layer of a table channel-first (opset 17).
 * @param weights of the network by their names
 * @returns null for the input, which is no node
 */
export function layerToOnnx(
  layer: LayerDescription,
  weights: ReadonlyMap<string, NamedTensor>,
): OnnxLayer | null {
  const initializers = layerWeights(layer).map(({ name, role }): OnnxTensor => {
    const tensor = weights.get(name);
    if (!tensor) throw new Error(`${name} is not among the weights.`);
    return role === 'kernel'
      ? { name, ...onnxKernel(tensor) }
      : { name, shape: tensor.shape, data: tensor.data };
  });
  const node = (operator: string, attributes: OnnxNode['attributes'] = {}): OnnxLayer => ({
    node: {
      name: layer.name,
      operator,
      inputs: [...layer.inputs, ...initializers.map(({ name }) => name)],
      outputs: [layer.name],
      attributes,
    },
    initializers,
  });
  switch (layer.kind) {
    case 'input':
      return null;
    case 'convolution':
      return node('Conv', window(layer, 1));
    case 'transposed':
      return node('ConvTranspose', window(layer, layer.stride));
    case 'batchNorm':
      return node('BatchNormalization', { epsilon: { float: layer.epsilon } });
    case 'relu':
      return node('Relu');
    case 'maxPool':
      return node('MaxPool', { kernel_shape: [2, 2], strides: [2, 2] });
    case 'concat':
      return node('Concat', { axis: 1 });
    case 'add':
      return node(layer.inputs.length > 2 ? 'Sum' : 'Add');
    case 'dropout':
      // It does nothing once training is over.
      return node('Identity');
  }
}

/** Kernel, strides and the padding of TensorFlow's "same", of which an odd pixel goes to the end. */
function window(
  { kind, kernel }: ConvolutionLayer | TransposedLayer,
  stride: number,
): OnnxNode['attributes'] {
  const total = Math.max(0, kernel - (kind === 'transposed' ? stride : 1));
  const [begin, end] = [Math.floor(total / 2), Math.ceil(total / 2)];
  return { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [begin, begin, end, end] };
}
