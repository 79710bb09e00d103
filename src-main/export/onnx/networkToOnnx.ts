import type { ExportedNetwork } from '../exportedNetwork.ts';
import { layerToOnnx } from './layerToOnnx.ts';
import { encodeOnnx, type OnnxModel, type OnnxNode } from './onnxMessages.ts';

const OPSET = 17;
const INPUT = 'image';
const OUTPUT = 'probabilities';

/**
 * Writes a network as an ONNX model `image` [N, channels, H, W] -> `probabilities` [N, classes, H, W] with free N, H and W: its
 * layers in order, then the softmax that turns logits into probabilities.
 * @throws Error when a weight of the network is missing
 */
export function networkToOnnx(
  { name, layers, weights }: ExportedNetwork,
  about: Pick<OnnxModel, 'producer' | 'description' | 'metadata'>,
): Uint8Array {
  const [first, last] = [layers[0], layers.at(-1)];
  if (first?.kind !== 'input' || !last) throw new Error('A network begins with its input.');
  const byName = new Map(weights.map((tensor) => [tensor.name, tensor]));
  const written = layers.map((layer) => layerToOnnx(layer, byName)).filter((layer) => layer !== null);
  const softmax: OnnxNode = {
    name: OUTPUT,
    operator: 'Softmax',
    inputs: [last.name],
    outputs: [OUTPUT],
    attributes: { axis: 1 },
  };
  const named = ({ inputs, ...node }: OnnxNode): OnnxNode => ({
    ...node,
    inputs: inputs.map((input) => (input === first.name ? INPUT : input)),
  });
  return encodeOnnx({
    ...about,
    opset: OPSET,
    graph: {
      name,
      nodes: [...written.map(({ node }) => named(node)), softmax],
      initializers: written.flatMap(({ initializers }) => initializers),
      inputs: [{ name: INPUT, shape: ['batch', first.channels, 'height', 'width'] }],
      outputs: [{ name: OUTPUT, shape: ['batch', last.channels, 'height', 'width'] }],
    },
  });
}
