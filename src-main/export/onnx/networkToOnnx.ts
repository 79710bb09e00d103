import type { ExportedNetwork } from '../exportedNetwork.ts';
import { layerToOnnx } from './layerToOnnx.ts';
import { encodeOnnx, type OnnxModel, type OnnxNode, type OnnxTensor } from './onnxMessages.ts';

export const OPSET = 17;
const INPUT = 'image';
const OUTPUT = 'probabilities';

/** What every ONNX file of ours says of itself. */
export type OnnxAbout = Pick<OnnxModel, 'producer' | 'description' | 'metadata'>;

/** The nodes of a network, from the tensor named `input` to class probabilities named `output`, channel-first. */
export interface NetworkNodes {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly channels: number;
  readonly classes: number;
}

/**
 * A network's layers in order, then the softmax that turns logits into probabilities.
 * @throws Error when a weight of the network is missing
 */
export function networkNodes(
  { layers, weights }: ExportedNetwork,
  input: string,
  output: string,
): NetworkNodes {
  const [first, last] = [layers[0], layers.at(-1)];
  if (first?.kind !== 'input' || !last) throw new Error('A network begins with its input.');
  const byName = new Map(weights.map((tensor) => [tensor.name, tensor]));
  const written = layers.map((layer) => layerToOnnx(layer, byName)).filter((layer) => layer !== null);
  const softmax: OnnxNode = {
    name: output,
    operator: 'Softmax',
    inputs: [last.name],
    outputs: [output],
    attributes: { axis: 1 },
  };
  const named = ({ inputs, ...node }: OnnxNode): OnnxNode => ({
    ...node,
    inputs: inputs.map((name) => (name === first.name ? input : name)),
  });
  return {
    nodes: [...written.map(({ node }) => named(node)), softmax],
    initializers: written.flatMap(({ initializers }) => initializers),
    channels: first.channels,
    classes: last.channels,
  };
}

/**
 * Writes a network as an ONNX model `image` [N, channels, H, W] -> `probabilities` [N, classes, H, W] with free N, H and W.
 * @throws Error when a weight of the network is missing
 */
export function networkToOnnx(network: ExportedNetwork, about: OnnxAbout): Uint8Array {
  const { nodes, initializers, channels, classes } = networkNodes(network, INPUT, OUTPUT);
  return encodeOnnx({
    ...about,
    opset: OPSET,
    graph: {
      name: network.name,
      nodes,
      initializers,
      inputs: [{ name: INPUT, shape: ['batch', channels, 'height', 'width'] }],
      outputs: [{ name: OUTPUT, shape: ['batch', classes, 'height', 'width'] }],
    },
  });
}
