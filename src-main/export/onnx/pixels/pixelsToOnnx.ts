import type { Preparation } from '#common/preparation/preparation.ts';
import type { ExportedNetwork } from '../../exportedNetwork.ts';
import { networkNodes, type OnnxAbout, OPSET } from '../networkToOnnx.ts';
import { encodeOnnx } from '../onnxMessages.ts';
import { GraphBuilder } from './graphBuilder.ts';
import { type PixelDepth, rangeNodes, rescaleNodes, standardiseNodes, vector } from './intensityNodes.ts';
import { type GridNodes, resizeNodes } from './resizeNodes.ts';

const PIXELS = 'pixels';
const NETWORK_OUTPUT = 'padded_probabilities';
const OUTPUT = 'probabilities';
const GREATEST = 65_535;

/**
 * Writes a network with all of its preparation as an ONNX model: `pixels` [1, channels, H, W], the stored values of one image as
 * float32, -> `probabilities` [1, classes, H, W] at the image's own size. The steps are those of preparationSteps, in one pass
 * without tiles. The number of channels is the network's: a program makes three of one by repeating it.
 * @param depth of the files that it is for: 8 scales by 255, 16 and 32 by the image's own percentiles
 * @throws Error when a weight of the network is missing
 */
export function pixelsToOnnx(
  network: ExportedNetwork,
  preparation: Preparation,
  depth: PixelDepth,
  about: OnnxAbout,
): Uint8Array {
  const graph = new GraphBuilder();
  const own = sizeOf(graph, PIXELS);
  const working = workingGrid(graph, own, preparation);
  const range = rangeNodes(graph, PIXELS, preparation, depth);
  // Float files are scaled before they are resized, in 16-bit steps; others after.
  const steps = depth === 32 ? toSteps(graph, rescaleNodes(graph, PIXELS, range)) : PIXELS;
  const resized = resizeNodes(graph, steps, own, working, 'image', depth === 8 ? 255 : GREATEST);
  const scaled =
    depth === 32 ? graph.op('Div', [resized, graph.float(GREATEST)]) : rescaleNodes(graph, resized, range);
  const standardised = standardiseNodes(graph, scaled, preparation);
  const padded = padNodes(graph, standardised, working, preparation);
  const prepared = graph.nodes.length;
  const { nodes, initializers, channels, classes } = networkNodes(network, padded, NETWORK_OUTPUT);
  const ends = graph.op(
    'Concat',
    [vector(graph, graph.cast(working.height, 'int64')), vector(graph, graph.cast(working.width, 'int64'))],
    { axis: 0 },
  );
  const cut = graph.op('Slice', [NETWORK_OUTPUT, graph.ints([0, 0]), ends, graph.ints([2, 3])]);
  const answer = resizeNodes(graph, cut, working, own, 'answer');
  const named = { name: OUTPUT, operator: 'Identity', inputs: [answer], outputs: [OUTPUT] };
  return encodeOnnx({
    ...about,
    opset: OPSET,
    graph: {
      name: `${network.name}_with_preparation`,
      nodes: [...graph.nodes.slice(0, prepared), ...nodes, ...graph.nodes.slice(prepared), named],
      initializers: [...graph.initializers, ...initializers],
      inputs: [{ name: PIXELS, shape: [1, channels, 'height', 'width'] }],
      outputs: [{ name: OUTPUT, shape: [1, classes, 'height', 'width'] }],
    },
  });
}

function toSteps(graph: GraphBuilder, intensities: string): string {
  return graph.op('Round', [graph.op('Mul', [intensities, graph.float(GREATEST)])]);
}

function sizeOf(graph: GraphBuilder, image: string): GridNodes {
  const shape = graph.cast(graph.op('Shape', [image]), 'double');
  const side = (axis: number): string => graph.op('Gather', [shape, graph.int(axis)], { axis: 0 });
  return { height: side(2), width: side(3) };
}

/** The shorter side at the working resolution, the longer one in proportion, rounded half up. */
function workingGrid(graph: GraphBuilder, own: GridNodes, { workingSide }: Preparation): GridNodes {
  const shorter = graph.op('Min', [own.height, own.width]);
  const scale = graph.op('Div', [graph.double(workingSide), shorter]);
  const scaled = (side: string): string =>
    graph.op('Floor', [graph.op('Add', [graph.op('Mul', [side, scale]), graph.double(0.5)])]);
  return { height: scaled(own.height), width: scaled(own.width) };
}

function padNodes(graph: GraphBuilder, image: string, grid: GridNodes, { padding }: Preparation): string {
  const missing = (side: string): string =>
    vector(
      graph,
      graph.op('Mod', [graph.op('Neg', [graph.cast(side, 'int64')]), graph.int(padding.multipleOf)]),
    );
  const pads = graph.op(
    'Concat',
    [graph.ints([0, 0, 0, 0, 0, 0]), missing(grid.height), missing(grid.width)],
    {
      axis: 0,
    },
  );
  return graph.op('Pad', [image, pads], { mode: 'reflect' });
}
