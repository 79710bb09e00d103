import { describe, expect, it } from 'vitest';
import { convolutionGeometry, type ConvolutionGeometry } from '../../native/tensor/convolutionKernels.ts';
import { kernels, largestDifference, randomFloats, unwritten, withSettings } from './kernels.ts';
import { lengths, referenceConvolution } from './referenceConvolution.ts';

/** [batch, inHeight, inWidth, inChannels, outChannels, filter, stride, dilation, [top, bottom, left, right]] */
type Case = [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  [number, number, number, number],
];

function geometryOf([
  batch,
  inHeight,
  inWidth,
  inChannels,
  outChannels,
  filter,
  stride,
  dilation,
  pad,
]: Case) {
  const reach = (filter - 1) * dilation + 1;
  return {
    ...{ batch, inHeight, inWidth, inChannels, outChannels },
    outHeight: Math.floor((inHeight + pad[0] + pad[1] - reach) / stride) + 1,
    outWidth: Math.floor((inWidth + pad[2] + pad[3] - reach) / stride) + 1,
    ...{ filterHeight: filter, filterWidth: filter, strideHeight: stride, strideWidth: stride },
    ...{ dilationHeight: dilation, dilationWidth: dilation, padTop: pad[0], padLeft: pad[2] },
  } satisfies ConvolutionGeometry;
}

const same: [number, number, number, number] = [1, 1, 1, 1];
const none: [number, number, number, number] = [0, 0, 0, 0];

const CASES: [string, ConvolutionGeometry][] = [
  ['3x3, colour to 16 channels', geometryOf([2, 12, 10, 3, 16, 3, 1, 1, same])],
  ['3x3, one channel to one', geometryOf([1, 7, 9, 1, 1, 3, 1, 1, same])],
  ['3x3, 2 to 5 channels', geometryOf([2, 9, 7, 2, 5, 3, 1, 1, same])],
  ['3x3, 16 to 17 channels', geometryOf([1, 11, 5, 16, 17, 3, 1, 1, same])],
  ['3x3, 17 to 64 channels', geometryOf([1, 6, 13, 17, 64, 3, 1, 1, same])],
  ['3x3, 64 to 33 channels, a sum longer than one panel', geometryOf([1, 8, 8, 64, 33, 3, 1, 1, same])],
  ['3x3 without padding', geometryOf([1, 8, 9, 5, 3, 3, 1, 1, none])],
  [
    '3x3, stride 2, padding at the bottom and right only',
    geometryOf([2, 8, 10, 5, 16, 3, 2, 1, [0, 1, 0, 1]]),
  ],
  ['3x3, stride 3, odd size', geometryOf([1, 11, 13, 3, 5, 3, 3, 1, same])],
  ['3x3, dilation 2', geometryOf([1, 11, 9, 5, 17, 3, 1, 2, [2, 2, 2, 2]])],
  ['3x3, dilation 3, stride 2', geometryOf([1, 13, 14, 2, 3, 3, 2, 3, [3, 3, 3, 3]])],
  ['1x1, 32 to 2 channels', geometryOf([2, 9, 9, 32, 2, 1, 1, 1, none])],
  ['1x1, stride 2: pixels that no window sees', geometryOf([1, 7, 8, 3, 5, 1, 2, 1, none])],
  ['2x2, stride 2 (up-sampling of the U-Net)', geometryOf([2, 8, 6, 16, 32, 2, 2, 1, none])],
  ['2x2 with asymmetric padding', geometryOf([1, 5, 6, 3, 3, 2, 1, 1, [0, 1, 1, 0]])],
  ['4x4, stride 2 (up-sampling of the FCN)', geometryOf([1, 12, 10, 2, 3, 4, 2, 1, same])],
  ['16x16, stride 8 (up-sampling of the FCN)', geometryOf([1, 32, 24, 2, 2, 16, 8, 1, [4, 4, 4, 4]])],
  ['7x7 larger than the image', geometryOf([1, 4, 3, 2, 3, 7, 1, 1, [3, 3, 3, 3]])],
  [
    'many positions, so that the filter gradient is summed in parts',
    geometryOf([4, 32, 32, 2, 3, 3, 1, 1, same]),
  ],
  [
    'different in height and width',
    {
      ...geometryOf([2, 12, 15, 5, 6, 3, 1, 1, none]),
      ...{
        filterHeight: 5,
        filterWidth: 2,
        strideHeight: 2,
        strideWidth: 3,
        dilationHeight: 1,
        dilationWidth: 4,
      },
      ...{ padTop: 2, padLeft: 1, outHeight: 6, outWidth: 5 },
    },
  ],
];

function run(g: ConvolutionGeometry, x: Float32Array, filter: Float32Array, dy: Float32Array) {
  const sizes = lengths(g);
  const geometry = convolutionGeometry(g);
  const result = { y: unwritten(sizes.y), dx: unwritten(sizes.x), dfilter: unwritten(sizes.filter) };
  kernels.conv2d(x, filter, result.y, geometry);
  kernels.conv2dInputGradient(dy, filter, result.dx, geometry);
  kernels.conv2dFilterGradient(x, dy, result.dfilter, geometry);
  return result;
}

function operands(g: ConvolutionGeometry): [Float32Array, Float32Array, Float32Array] {
  const sizes = lengths(g);
  return [randomFloats(sizes.x, 1), randomFloats(sizes.filter, 2), randomFloats(sizes.y, 3)];
}

describe.each(CASES)('A convolution, %s,', (_, g) => {
  const [x, filter, dy] = operands(g);
  const expected = referenceConvolution(g, x, filter, dy);
  // Rounding of a sum of n products of values in [-1, 1) grows with the square root of n.
  const tolerance = (terms: number): number => 1e-6 * (1 + Math.sqrt(terms));
  const window = g.filterHeight * g.filterWidth;

  it.each(kernels.instructionSets())('agrees with its definition in both directions on %s', (set) => {
    const actual = withSettings({ set }, () => run(g, x, filter, dy));
    expect(largestDifference(actual.y, expected.y)).toBeLessThan(tolerance(window * g.inChannels));
    expect(largestDifference(actual.dx, expected.dx)).toBeLessThan(tolerance(window * g.outChannels));
    const positions = g.batch * g.outHeight * g.outWidth;
    expect(largestDifference(actual.dfilter, expected.dfilter)).toBeLessThan(tolerance(positions));
  });

  it('gives the same bits at 1, 2 and 5 threads', () => {
    const results = [1, 2, 5].map((threads) => withSettings({ threads }, () => run(g, x, filter, dy)));
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });
});

describe('The gradients of a convolution', () => {
  const g = geometryOf([1, 7, 6, 3, 4, 3, 2, 1, [0, 1, 1, 0]]);

  it('match finite differences of the sum of squares of its output', () => {
    const [x, filter] = operands(g);
    const geometry = convolutionGeometry(g);
    const loss = (): number => {
      const y = unwritten(lengths(g).y);
      kernels.conv2d(x, filter, y, geometry);
      return y.reduce((sum, value) => sum + value * value, 0) / 2;
    };
    const y = unwritten(lengths(g).y);
    kernels.conv2d(x, filter, y, geometry);
    const { dx, dfilter } = run(g, x, filter, y);
    for (const [values, gradient] of [
      [x, dx],
      [filter, dfilter],
    ] as const) {
      for (let i = 0; i < values.length; i += 5) {
        const before = values[i] ?? NaN;
        const step = 2 ** -6;
        values[i] = before + step;
        const above = loss();
        values[i] = before - step;
        const below = loss();
        values[i] = before;
        expect((above - below) / (2 * step)).toBeCloseTo(gradient[i] ?? NaN, 2);
      }
    }
  });
});

describe('A convolution called wrongly', () => {
  const g = geometryOf([1, 4, 4, 2, 3, 3, 1, 1, same]);
  const [x, filter, y] = operands(g);
  const geometry = convolutionGeometry(g);

  it.each([
    [
      'an input that is too short',
      () => kernels.conv2d(x.subarray(1), filter, y, geometry),
      /conv2d: x has 31/,
    ],
    ['a filter of another shape', () => kernels.conv2d(x, x, y, geometry), /filter has 32 elements.* 54/],
    ['an output that is too long', () => kernels.conv2d(x, filter, filter, geometry), /y has 54/],
    ['a short geometry', () => kernels.conv2d(x, filter, y, geometry.subarray(1)), /Int32Array of 15/],
    [
      'a stride of 0',
      () => kernels.conv2d(x, filter, y, convolutionGeometry({ ...g, strideWidth: 0 })),
      /at least 1/,
    ],
    [
      'a negative size',
      () => kernels.conv2d(x, filter, y, convolutionGeometry({ ...g, inHeight: -4, batch: -1 })),
      /negative/,
    ],
    [
      'sizes whose product overflows',
      () =>
        kernels.conv2d(
          x,
          filter,
          y,
          convolutionGeometry({ ...g, inHeight: 2 ** 31 - 1, inWidth: 2 ** 31 - 1 }),
        ),
      /too large/,
    ],
    [
      'doubles',
      () => kernels.conv2d(Float64Array.from(x) as unknown as Float32Array, filter, y, geometry),
      /x must be a Float32Array/,
    ],
  ])('names what is wrong with %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('An empty batch', () => {
  it('gives an empty output and a filter gradient of zeros', () => {
    const g = { ...geometryOf([1, 4, 4, 2, 3, 3, 1, 1, same]), batch: 0 };
    const { dfilter } = run(g, ...operands(g));
    expect(dfilter.every((value) => value === 0)).toBe(true);
  });
});
