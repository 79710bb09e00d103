import type { Preparation } from '#common/preparation/preparation.ts';
import type { ExportedNetwork } from '../../exportedNetwork.ts';
import { networkNodes, type OnnxAbout, OPSET } from '../networkToOnnx.ts';
import { encodeOnnx } from '../onnxMessages.ts';
import { GraphBuilder } from './graphBuilder.ts';
import { standardiseNodes } from './intensityNodes.ts';

const INPUT = 'intensities';
const OUTPUT = 'probabilities';

/**
 * Writes a network that standardises each image and channel itself: `intensities` [N, channels, H, W] in [0, 1] at the working
 * resolution -> `probabilities` [N, classes, H, W]. For formats whose description cannot say two steps that both depend on the image.
 * @throws Error when a weight of the network is missing
 */
export function standardisingToOnnx(
  network: ExportedNetwork,
  preparation: Preparation,
  about: OnnxAbout,
): Uint8Array {
  const graph = new GraphBuilder();
  const image = standardiseNodes(graph, INPUT, preparation);
  const { nodes, initializers, channels, classes } = networkNodes(network, image, OUTPUT);
  return encodeOnnx({
    ...about,
    opset: OPSET,
    graph: {
      name: `${network.name}_standardising`,
      nodes: [...graph.nodes, ...nodes],
      initializers: [...graph.initializers, ...initializers],
      inputs: [{ name: INPUT, shape: ['batch', channels, 'height', 'width'] }],
      outputs: [{ name: OUTPUT, shape: ['batch', classes, 'height', 'width'] }],
    },
  });
}
