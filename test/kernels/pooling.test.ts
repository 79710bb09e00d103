import { describe, expect, it } from 'vitest';
import { poolGeometry, type PoolGeometry } from '../../native/tensor/convolutionKernels.ts';
import { kernels, largestDifference, randomFloats, unwritten, withSettings } from './kernels.ts';

function square(
  batch: number,
  height: number,
  width: number,
  channels: number,
  window: number,
  stride: number,
  pad = 0,
) {
  return {
    ...{ batch, inHeight: height, inWidth: width, inChannels: channels },
    outHeight: Math.floor((height + 2 * pad - window) / stride) + 1,
    outWidth: Math.floor((width + 2 * pad - window) / stride) + 1,
    ...{ filterHeight: window, filterWidth: window, strideHeight: stride, strideWidth: stride },
    ...{ dilationHeight: 1, dilationWidth: 1, padTop: pad, padLeft: pad },
  } satisfies PoolGeometry;
}

const CASES: [string, PoolGeometry][] = [
  ['2x2, stride 2', square(2, 8, 6, 16, 2, 2)],
  ['2x2, stride 2, odd size', square(1, 7, 9, 5, 2, 2)],
  ['3x3, stride 2, overlapping', square(2, 9, 11, 17, 3, 2)],
  ['3x3, stride 1, padded', square(1, 6, 5, 3, 3, 1, 1)],
  ['2x2, more channels than one block', square(1, 4, 4, 131, 2, 2)],
  ['1 channel', square(3, 6, 6, 1, 2, 2)],
  [
    'dilation 2',
    { ...square(1, 9, 9, 2, 2, 1), outHeight: 7, outWidth: 7, dilationHeight: 2, dilationWidth: 2 },
  ],
  ['padding at the bottom and right', { ...square(1, 5, 5, 2, 2, 2), outHeight: 3, outWidth: 3 }],
];

/** The input indices that each output element sees, in row order. */
function windowsOf(g: PoolGeometry): number[][] {
  const windows: number[][] = [];
  for (let n = 0; n < g.batch; n++)
    for (let oy = 0; oy < g.outHeight; oy++)
      for (let ox = 0; ox < g.outWidth; ox++)
        for (let c = 0; c < g.inChannels; c++) {
          const window: number[] = [];
          for (let ky = 0; ky < g.filterHeight; ky++)
            for (let kx = 0; kx < g.filterWidth; kx++) {
              const y = oy * g.strideHeight + ky * g.dilationHeight - g.padTop;
              const x = ox * g.strideWidth + kx * g.dilationWidth - g.padLeft;
              if (y < 0 || y >= g.inHeight || x < 0 || x >= g.inWidth) continue;
              window.push(((n * g.inHeight + y) * g.inWidth + x) * g.inChannels + c);
            }
          windows.push(window);
        }
  return windows;
}

function reference(g: PoolGeometry, x: Float32Array, dy: Float32Array) {
  const windows = windowsOf(g);
  const valuesOf = (window: number[]): number[] => window.map((index) => x[index] ?? NaN);
  const maxDx = new Float64Array(x.length);
  const averageDx = new Float64Array(x.length);
  windows.forEach((window, out) => {
    const values = valuesOf(window);
    const winner = window[values.indexOf(Math.max(...values))] ?? 0;
    maxDx[winner] = (maxDx[winner] ?? 0) + (dy[out] ?? NaN);
    for (const index of window) averageDx[index] = (averageDx[index] ?? 0) + (dy[out] ?? NaN) / window.length;
  });
  return {
    max: windows.map((window) => Math.max(...valuesOf(window))),
    average: windows.map((window) => valuesOf(window).reduce((sum, value) => sum + value, 0) / window.length),
    maxDx,
    averageDx,
  };
}

function run(g: PoolGeometry, x: Float32Array, dy: Float32Array) {
  const geometry = poolGeometry(g);
  const result = {
    max: unwritten(dy.length),
    average: unwritten(dy.length),
    maxDx: unwritten(x.length),
    averageDx: unwritten(x.length),
  };
  kernels.maxPool(x, result.max, geometry);
  kernels.maxPoolGradient(dy, x, result.maxDx, geometry);
  kernels.averagePool(x, result.average, geometry);
  kernels.averagePoolGradient(dy, result.averageDx, geometry);
  return result;
}

describe.each(CASES)('Pooling, %s,', (_, g) => {
  // Few distinct values, so that windows have several maxima and the first must win.
  const x = randomFloats(g.batch * g.inHeight * g.inWidth * g.inChannels, 6).map((value) =>
    Math.round(value * 3),
  );
  const dy = randomFloats(g.batch * g.outHeight * g.outWidth * g.inChannels, 7);
  const expected = reference(g, x, dy);

  it.each(kernels.instructionSets())('and its gradients agree with the definition on %s', (set) => {
    const actual = withSettings({ set }, () => run(g, x, dy));
    expect(largestDifference(actual.max, expected.max)).toBe(0);
    expect(largestDifference(actual.average, expected.average)).toBeLessThan(1e-6);
    expect(largestDifference(actual.maxDx, expected.maxDx)).toBeLessThan(1e-6);
    expect(largestDifference(actual.averageDx, expected.averageDx)).toBeLessThan(1e-6);
  });

  it('gives the same bits at any number of threads', () => {
    const [one, two] = [1, 2].map((threads) => withSettings({ threads }, () => run(g, x, dy)));
    expect(two).toEqual(one);
  });
});

describe('Maximum pooling', () => {
  it('ignores NaN, and gives minus infinity and no gradient where there is nothing else', () => {
    const geometry = poolGeometry(square(1, 2, 4, 1, 2, 2));
    const x = Float32Array.of(1, NaN, NaN, NaN, 3, 2, NaN, NaN);
    const y = unwritten(2);
    const dx = unwritten(8);
    kernels.maxPool(x, y, geometry);
    kernels.maxPoolGradient(Float32Array.of(5, 7), x, dx, geometry);
    expect([...y]).toEqual([3, -Infinity]);
    expect([...dx]).toEqual([0, 0, 0, 0, 5, 0, 0, 0]);
  });

  it('names an output of the wrong length', () => {
    const geometry = poolGeometry(square(1, 2, 4, 1, 2, 2));
    expect(() => kernels.maxPool(new Float32Array(8), new Float32Array(3), geometry)).toThrow(
      /maxPool: y has 3/,
    );
  });
});
