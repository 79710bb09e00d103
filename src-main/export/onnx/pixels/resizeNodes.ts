import type { GraphBuilder } from './graphBuilder.ts';
import { vector } from './intensityNodes.ts';

/** Height and width of a grid as double scalars that hold whole numbers. */
export interface GridNodes {
  readonly height: string;
  readonly width: string;
}

/**
 * How pixels of one grid are made of those of another. `image`: Lanczos 3 widened by the factor where the width shrinks, else
 * Catmull-Rom (Keys, a = -1/2); whole numbers in the end, and where it shrinks also between columns and rows, as resizeImage does. `answer`: the
 * covered area along a side that shrinks, Catmull-Rom along one that grows, as resampleRows does. All about the pixels' centres.
 */
export type Kernel = 'image' | 'answer';

/**
 * Brings [1, C, H, W] to another grid by two products with matrices of weights, which the graph computes from the sizes: no
 * operator of ONNX resizes by Lanczos or by covered area. Beyond the border the border's pixel is repeated.
 * @param greatest largest stored value of an image: results are rounded and clipped to [0, greatest]; not used for an answer
 */
export function resizeNodes(
  graph: GraphBuilder,
  image: string,
  from: GridNodes,
  to: GridNodes,
  kernel: Kernel,
  greatest = 1,
): string {
  const widthShrinks = graph.op('Less', [to.width, from.width]);
  const heightShrinks = kernel === 'image' ? widthShrinks : graph.op('Less', [to.height, from.height]);
  const across = axis(graph, from.width, to.width, widthShrinks, kernel);
  const down = axis(graph, from.height, to.height, heightShrinks, kernel);
  const pad = (amount: string): string => vector(graph, amount);
  const none = graph.ints([0]);
  const pads = graph.op(
    'Concat',
    [none, none, pad(down.margin), pad(across.margin), none, none, pad(down.margin), pad(across.margin)],
    { axis: 0 },
  );
  const padded = graph.op('Pad', [image, pads], { mode: 'edge' });
  const stored = (values: string): string =>
    kernel === 'answer'
      ? values
      : graph.op('Clip', [graph.op('Round', [values]), graph.float(0), graph.float(greatest)]);
  const columns = graph.op('MatMul', [down.weights, padded]);
  const lowered = kernel === 'answer' ? columns : graph.op('Where', [widthShrinks, stored(columns), columns]);
  return stored(graph.op('MatMul', [lowered, graph.op('Transpose', [across.weights], { perm: [1, 0] })]));
}

interface AxisNodes {
  /** [to, from + 2 margin], rows add up to 1. */
  readonly weights: string;
  /** Pixels, an int64 scalar, by which the border is repeated at either end. */
  readonly margin: string;
}

function axis(graph: GraphBuilder, from: string, to: string, shrinks: string, kernel: Kernel): AxisNodes {
  const one = graph.double(1);
  const factor = graph.op('Div', [from, to]);
  const stretch = graph.op('Max', [factor, one]);
  const margin = graph.cast(graph.op('Ceil', [graph.op('Mul', [graph.double(3), stretch])]), 'int64');
  const marginDouble = graph.cast(margin, 'double');
  const range = (begin: string, end: string): string => graph.op('Range', [begin, end, one]);
  const column = (row: string): string => graph.op('Unsqueeze', [row, graph.ints([1])]);
  // Left ends of the old pixels, beginning with the repeated ones, and numbers of the new ones.
  const old = range(graph.op('Neg', [marginDouble]), graph.op('Add', [from, marginDouble]));
  const fresh = column(range(graph.double(0), to));
  const half = graph.double(0.5);
  const centre = graph.op('Sub', [graph.op('Mul', [graph.op('Add', [fresh, half]), factor]), half]);
  const distance = graph.cast(graph.op('Abs', [graph.op('Sub', [old, centre])]), 'float');
  const smaller =
    kernel === 'image'
      ? lanczos(graph, graph.op('Div', [distance, graph.cast(stretch, 'float')]))
      : covered(graph, old, fresh, factor);
  const chosen = graph.op('Where', [shrinks, smaller, cubic(graph, distance)]);
  const sums = graph.op('ReduceSum', [chosen, graph.ints([1])], { keepdims: 1 });
  return { weights: graph.op('Div', [chosen, sums]), margin };
}

/** sinc(x) sinc(x / 3) within 3, else 0. */
function lanczos(graph: GraphBuilder, distance: string): string {
  const sinc = (x: string): string => {
    const angle = graph.op('Mul', [x, graph.float(Math.PI)]);
    // Below the least angle the sine is the angle itself: no division by zero.
    const safe = graph.op('Max', [angle, graph.float(1e-6)]);
    return graph.op('Div', [graph.op('Sin', [safe]), safe]);
  };
  const three = graph.float(3);
  const product = graph.op('Mul', [sinc(distance), sinc(graph.op('Div', [distance, three]))]);
  return graph.op('Where', [graph.op('Less', [distance, three]), product, graph.float(0)]);
}

/** Keys' cubic with a = -1/2: 1 - 5/2 x^2 + 3/2 x^3 within 1, 2 - 4 x + 5/2 x^2 - 1/2 x^3 within 2. */
function cubic(graph: GraphBuilder, x: string): string {
  const polynomial = (...coefficients: readonly [number, number, number, number]): string => {
    const [constant, ...rest] = coefficients.map((value) => graph.float(value)).reverse() as [
      string,
      ...string[],
    ];
    return rest.reduce(
      (sum, coefficient) => graph.op('Add', [graph.op('Mul', [sum, x]), coefficient]),
      constant,
    );
  };
  const near = polynomial(1, 0, -2.5, 1.5);
  const far = polynomial(2, -4, 2.5, -0.5);
  const beyond = graph.op('Where', [graph.op('Less', [x, graph.float(2)]), far, graph.float(0)]);
  return graph.op('Where', [graph.op('Less', [x, graph.float(1)]), near, beyond]);
}

/** Length of each old pixel inside each new one; repeated ones lie outside and get none. */
function covered(graph: GraphBuilder, old: string, fresh: string, factor: string): string {
  const one = graph.double(1);
  const begin = graph.op('Mul', [fresh, factor]);
  const end = graph.op('Mul', [graph.op('Add', [fresh, one]), factor]);
  const right = graph.op('Min', [graph.op('Add', [old, one]), end]);
  const length = graph.op('Sub', [right, graph.op('Max', [old, begin])]);
  return graph.cast(graph.op('Max', [length, graph.double(0)]), 'float');
}
