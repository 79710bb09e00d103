import { z } from 'zod';
import type { LayerNode } from '../../engine/layerGraph.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { OnnxNode, OnnxTensor } from './onnxMessages.ts';

/** What one layer becomes: ONNX nodes, of which the last writes `${layer.name}`, and their constants. */
export interface ConvertedLayer {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
}

/** Weights of the layer by their Keras names: kernel, bias, gamma, beta, moving_mean, moving_variance. */
export type LayerWeights = ReadonlyMap<string, NamedTensor>;

const pair = z.tuple([z.number(), z.number()]);
const convolutionConfig = z.object({
  kernel_size: pair,
  strides: pair,
  padding: z.enum(['same', 'valid']),
  dilation_rate: pair.or(z.number().transform((rate): [number, number] => [rate, rate])).default([1, 1]),
  activation: z.string().default('linear'),
});

/** Reorders a 4-D kernel: output axis i is input axis order[i]. */
function permute(
  kernel: NamedTensor,
  order: readonly [number, number, number, number],
): { shape: number[]; data: Float32Array } {
  const length = (axis: number): number => kernel.shape[axis] ?? 1;
  const stride = (axis: number): number =>
    kernel.shape.slice(axis + 1).reduce((product, n) => product * n, 1);
  const shape = order.map(length);
  const steps = order.map(stride);
  const data = new Float32Array(kernel.data.length);
  const [n0 = 1, n1 = 1, n2 = 1, n3 = 1] = shape;
  const [s0 = 1, s1 = 1, s2 = 1, s3 = 1] = steps;
  let at = 0;
  for (let a = 0; a < n0; a++)
    for (let b = 0; b < n1; b++)
      for (let c = 0; c < n2; c++)
        for (let d = 0; d < n3; d++) data[at++] = kernel.data[a * s0 + b * s1 + c * s2 + d * s3] ?? 0;
  return { shape, data };
}

function need(weights: LayerWeights, layer: LayerNode, name: string): NamedTensor {
  const tensor = weights.get(name);
  if (!tensor) throw new Error(`Layer ${layer.name} (${layer.className}) has no weight "${name}".`);
  return tensor;
}

/** TensorFlow's "same" split of the padding for an output of ceil(input / stride): the odd pixel goes to the end. */
function samePads(total: readonly number[]): number[] {
  return [...total.map((t) => Math.floor(t / 2)), ...total.map((t) => Math.ceil(t / 2))];
}

function activation(name: string, layer: LayerNode, from: string): OnnxNode[] {
  const operators: Record<string, string> = { relu: 'Relu', sigmoid: 'Sigmoid', softmax: 'Softmax' };
  const operator = operators[name];
  if (!operator) throw new Error(`Layer ${layer.name}: activation "${name}" cannot be written as ONNX.`);
  return [
    {
      name: `${layer.name}/${name}`,
      operator,
      inputs: [from],
      outputs: [layer.name],
      ...(name === 'softmax' ? { attributes: { axis: 1 } } : {}),
    },
  ];
}

function convolution(layer: LayerNode, weights: LayerWeights, transposed: boolean): ConvertedLayer {
  const config = convolutionConfig.parse(layer.config);
  const kernel = need(weights, layer, 'kernel');
  // Keras: [height, width, in, out], transposed [height, width, out, in]. ONNX: [out, in, h, w], transposed [in, out, h, w].
  const turned = permute(kernel, [3, 2, 0, 1]);
  const initializers: OnnxTensor[] = [{ name: `${layer.name}.kernel`, ...turned }];
  const bias = weights.get('bias');
  if (bias) initializers.push({ name: `${layer.name}.bias`, shape: bias.shape, data: bias.data });
  const span = config.kernel_size.map((size, axis) => (size - 1) * (config.dilation_rate[axis] ?? 1) + 1);
  if (!transposed && config.padding === 'same' && config.strides.some((stride) => stride !== 1)) {
    throw new Error(
      `Layer ${layer.name}: a strided "same" convolution pads by the input size and is not supported.`,
    );
  }
  const total = span.map((size, axis) => Math.max(0, size - (transposed ? (config.strides[axis] ?? 1) : 1)));
  const linear = config.activation === 'linear';
  const result = linear ? layer.name : `${layer.name}/linear`;
  const node: OnnxNode = {
    name: layer.name,
    operator: transposed ? 'ConvTranspose' : 'Conv',
    inputs: [layer.inputs[0] ?? '', ...initializers.map((tensor) => tensor.name)],
    outputs: [result],
    attributes: {
      kernel_shape: config.kernel_size,
      strides: config.strides,
      dilations: config.dilation_rate,
      pads: config.padding === 'same' ? samePads(total) : [0, 0, 0, 0],
    },
  };
  return { nodes: linear ? [node] : [node, ...activation(config.activation, layer, result)], initializers };
}

function batchNormalization(layer: LayerNode, weights: LayerWeights): ConvertedLayer {
  const { epsilon } = z.object({ epsilon: z.number() }).parse(layer.config);
  const names = ['gamma', 'beta', 'moving_mean', 'moving_variance'];
  const initializers = names.map((name) => {
    const { shape, data } = need(weights, layer, name);
    return { name: `${layer.name}.${name}`, shape, data };
  });
  const inputs = [layer.inputs[0] ?? '', ...initializers.map((tensor) => tensor.name)];
  const node = { name: layer.name, operator: 'BatchNormalization', inputs, outputs: [layer.name] };
  return { nodes: [{ ...node, attributes: { epsilon: { float: epsilon } } }], initializers };
}

function maxPooling(layer: LayerNode): ConvertedLayer {
  const { pool_size, strides } = z.object({ pool_size: pair, strides: pair }).parse(layer.config);
  const attributes = { kernel_shape: pool_size, strides };
  return {
    nodes: [
      { name: layer.name, operator: 'MaxPool', inputs: layer.inputs, outputs: [layer.name], attributes },
    ],
    initializers: [],
  };
}

const plain = (
  layer: LayerNode,
  operator: string,
  attributes: OnnxNode['attributes'] = {},
): ConvertedLayer => ({
  nodes: [{ name: layer.name, operator, inputs: layer.inputs, outputs: [layer.name], attributes }],
  initializers: [],
});

/** One entry per Keras layer class that the base networks use. */
const CONVERTERS: Readonly<Record<string, (layer: LayerNode, weights: LayerWeights) => ConvertedLayer>> = {
  Conv2D: (layer, weights) => convolution(layer, weights, false),
  Conv2DTranspose: (layer, weights) => convolution(layer, weights, true),
  BatchNormalization: batchNormalization,
  MaxPooling2D: maxPooling,
  ReLU: (layer) => plain(layer, 'Relu'),
  Softmax: (layer) => plain(layer, 'Softmax', { axis: 1 }),
  Activation: (layer) => ({
    nodes: activation(
      z.object({ activation: z.string() }).parse(layer.config).activation,
      layer,
      layer.inputs[0] ?? '',
    ),
    initializers: [],
  }),
  Concatenate: (layer) => plain(layer, 'Concat', { axis: 1 }),
  Add: (layer) => plain(layer, layer.inputs.length > 2 ? 'Sum' : 'Add'),
  // Dropout does nothing once training is over.
  Dropout: (layer) => plain(layer, 'Identity'),
};

/**
 * Converts one channel-last Keras layer to channel-first ONNX nodes (opset 17).
 * @throws Error naming a layer class or setting that ONNX export does not know.
 */
export function convertLayer(layer: LayerNode, weights: LayerWeights): ConvertedLayer {
  const convert = CONVERTERS[layer.className];
  if (!convert)
    throw new Error(`Layer ${layer.name}: ONNX export does not know layers of class ${layer.className}.`);
  return convert(layer, weights);
}
