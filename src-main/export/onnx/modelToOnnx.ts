import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NamedTensor } from '#common/training/training.ts';
import { layerGraph } from '../../engine/layerGraph.ts';
import { convertLayer, type LayerWeights } from './convertLayer.ts';
import { encodeOnnx, type OnnxModel } from './onnxMessages.ts';

const OPSET = 17;

/** Weights of every layer by layer name, then by Keras weight name. */
function weightsByLayer(model: LayersModel): Map<string, LayerWeights> {
  return new Map(
    model.layers.map((layer) => {
      const values = layer.getWeights();
      const named = layer.weights.map((variable, index): [string, NamedTensor] => {
        const name = variable.originalName.slice(variable.originalName.lastIndexOf('/') + 1);
        const tensor = values[index];
        if (!tensor) throw new Error(`Layer ${layer.name} does not give its weight ${name}.`);
        return [name, { name, shape: tensor.shape, data: tensor.dataSync<'float32'>() }];
      });
      return [layer.name, new Map(named)];
    }),
  );
}

/**
 * Writes a LayersModel [N, H, W, channels] -> [N, H, W, classes] as an ONNX model
 * `image` [N, channels, H, W] -> `probabilities` [N, classes, H, W] with free N, H and W.
 * @throws Error naming the first layer that cannot be expressed.
 */
export function modelToOnnx(
  model: LayersModel,
  about: Pick<OnnxModel, 'producer' | 'description' | 'metadata'>,
): Uint8Array {
  const weights = weightsByLayer(model);
  const layers = layerGraph(model);
  const input = layers.find((layer) => layer.className === 'InputLayer');
  const last = layers.at(-1);
  const channels = model.inputs[0]?.shape[3];
  const classes = model.outputs[0]?.shape[3];
  if (!input || !last || !channels || !classes) throw new Error('The model must map images to class maps.');
  const rename = (name: string): string =>
    name === input.name ? 'image' : name === last.name ? 'probabilities' : name;
  const converted = layers
    .filter((layer) => layer !== input)
    .map((layer) => convertLayer(layer, weights.get(layer.name) ?? new Map<string, NamedTensor>()));
  const nodes = converted
    .flatMap((layer) => layer.nodes)
    .map((node) => ({ ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) }));
  return encodeOnnx({
    ...about,
    opset: OPSET,
    graph: {
      name: model.name,
      nodes,
      initializers: converted.flatMap((layer) => layer.initializers),
      inputs: [{ name: 'image', shape: ['batch', channels, 'height', 'width'] }],
      outputs: [{ name: 'probabilities', shape: ['batch', classes, 'height', 'width'] }],
    },
  });
}
