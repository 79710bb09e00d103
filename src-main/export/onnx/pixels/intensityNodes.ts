import type { Preparation } from '#common/preparation/preparation.ts';
import type { GraphBuilder } from './graphBuilder.ts';

/** Which of the two ways of reading intensities a graph takes: a tensor does not tell its file's depth. */
export type PixelDepth = 8 | 16 | 32;

/** Two scalars: the intensities that become 0 and 1. */
export interface RangeNodes {
  readonly low: string;
  readonly high: string;
}

/** LOW and HIGH of an image: constants for 8 bit, else the declared places among its sorted values, by TopK from either end. */
export function rangeNodes(
  graph: GraphBuilder,
  pixels: string,
  { intensities }: Preparation,
  depth: PixelDepth,
): RangeNodes {
  const { eightBit, otherwise } = intensities;
  if (depth === 8) return { low: graph.float(eightBit.low), high: graph.float(eightBit.high) };
  const flat = graph.op('Reshape', [pixels, graph.ints([-1])]);
  const count = graph.op('Size', [flat]);
  const last = graph.cast(graph.op('Sub', [count, graph.int(1)]), 'double');
  const place = (quantile: number): string =>
    graph.cast(graph.op('Floor', [graph.op('Mul', [graph.double(quantile), last])]), 'int64');
  const endOf = (most: string, largest: 0 | 1): string => {
    const values = graph.firstOf('TopK', [flat, vector(graph, most)], { axis: 0, largest, sorted: 1 });
    return graph.op('Gather', [values, graph.int(-1)], { axis: 0 });
  };
  const low = endOf(graph.op('Add', [place(otherwise.lowQuantile), graph.int(1)]), 0);
  const found = endOf(graph.op('Sub', [count, place(otherwise.highQuantile)]), 1);
  const differ = graph.op('Greater', [found, low]);
  return {
    low,
    high: graph.op('Where', [differ, found, graph.op('Add', [low, graph.float(1)])]),
  };
}

/** (value - LOW) / (HIGH - LOW), clipped to 0 and 1. */
export function rescaleNodes(graph: GraphBuilder, pixels: string, { low, high }: RangeNodes): string {
  const shifted = graph.op('Sub', [pixels, low]);
  return graph.op('Clip', [
    graph.op('Div', [shifted, graph.op('Sub', [high, low])]),
    graph.float(0),
    graph.float(1),
  ]);
}

/** Each channel minus its mean over its deviation, which is no less than declared. */
export function standardiseNodes(graph: GraphBuilder, image: string, { standardise }: Preparation): string {
  // In double precision: summed as float, the mean of a large image is off by so much that a network that is sure of itself notices.
  const mean = (tensor: string): string =>
    graph.cast(
      graph.op('ReduceMean', [graph.cast(tensor, 'double')], { axes: [2, 3], keepdims: 1 }),
      'float',
    );
  const centred = graph.op('Sub', [image, mean(image)]);
  const deviation = graph.op('Sqrt', [mean(graph.op('Mul', [centred, centred]))]);
  return graph.op('Div', [centred, graph.op('Max', [deviation, graph.float(standardise.leastDeviation)])]);
}

/** A scalar as a vector of one. */
export function vector(graph: GraphBuilder, scalar: string): string {
  return graph.op('Unsqueeze', [scalar, graph.ints([0])]);
}
