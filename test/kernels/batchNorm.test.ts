import { describe, expect, it } from 'vitest';
import { kernels, largestDifference, randomFloats, unwritten, withSettings } from './kernels.ts';

const EPSILON = 1e-3;
const SHAPES: [number, number][] = [
  [1, 3],
  [50, 1],
  [33, 2],
  [700, 5],
  [40_000, 3],
  [300, 17],
  [600, 64],
  [90, 200],
];

const at = (values: ArrayLike<number>, index: number): number => values[index] ?? NaN;

function channelSums(
  length: number,
  channels: number,
  term: (index: number, channel: number) => number,
): Float64Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < length; i++) sums[i % channels] = at(sums, i % channels) + term(i, i % channels);
  return sums;
}

function reference(
  channels: number,
  x: Float32Array,
  offset: Float32Array,
  scale: Float32Array,
  dy: Float32Array,
) {
  const rows = x.length / channels;
  const mean = channelSums(x.length, channels, (i) => at(x, i) / rows);
  const variance = channelSums(x.length, channels, (i, c) => (at(x, i) - at(mean, c)) ** 2 / rows);
  const normal = (i: number, c: number): number =>
    (at(x, i) - at(mean, c)) / Math.sqrt(at(variance, c) + EPSILON);
  const doffset = channelSums(x.length, channels, (i) => at(dy, i));
  const dscale = channelSums(x.length, channels, (i, c) => at(dy, i) * normal(i, c));
  const y = Float64Array.from(
    x,
    (_, i) => normal(i, i % channels) * at(scale, i % channels) + at(offset, i % channels),
  );
  const dx = Float64Array.from(x, (_, i) => {
    const c = i % channels;
    const rest = at(dy, i) - at(doffset, c) / rows - (normal(i, c) * at(dscale, c)) / rows;
    return (rest * at(scale, c)) / Math.sqrt(at(variance, c) + EPSILON);
  });
  return { y, mean, variance, dx, dscale, doffset };
}

function run(
  channels: number,
  x: Float32Array,
  offset: Float32Array | null,
  scale: Float32Array | null,
  dy: Float32Array,
) {
  const vector = (): Float32Array => unwritten(channels);
  const [y, dx] = [unwritten(x.length), unwritten(x.length)];
  const [mean, variance, dscale, doffset] = [vector(), vector(), vector(), vector()];
  kernels.batchNormTraining(x, offset, scale, EPSILON, y, mean, variance);
  kernels.batchNormGradient(x, dy, mean, variance, scale, EPSILON, dx, dscale, doffset);
  return { y, mean, variance, dx, dscale, doffset };
}

describe.each(SHAPES)('Batch norm of %i rows of %i channels', (rows, channels) => {
  const x = randomFloats(rows * channels, 8).map((value, i) => value * (1 + (i % channels)) + (i % channels));
  const dy = randomFloats(rows * channels, 9);
  const offset = randomFloats(channels, 10);
  const scale = randomFloats(channels, 11);
  const expected = reference(channels, x, offset, scale, dy);

  it.each(kernels.instructionSets())('agrees with its definition, forward and backward, on %s', (set) => {
    const actual = withSettings({ set }, () => run(channels, x, offset, scale, dy));
    expect(largestDifference(actual.mean, expected.mean)).toBeLessThan(1e-5 * channels);
    for (let c = 0; c < channels; c++) {
      expect(at(actual.variance, c) / (at(expected.variance, c) || 1)).toBeCloseTo(
        at(expected.variance, c) ? 1 : 0,
        5,
      );
    }
    expect(largestDifference(actual.y, expected.y)).toBeLessThan(1e-4);
    const tolerance = 1e-5 * (1 + Math.sqrt(rows));
    expect(largestDifference(actual.dscale, expected.dscale)).toBeLessThan(tolerance);
    expect(largestDifference(actual.doffset, expected.doffset)).toBeLessThan(tolerance);
    // A single row has a variance of 0, and its gradient is a difference of equal terms of size 1 / sqrt(epsilon).
    expect(largestDifference(actual.dx, expected.dx)).toBeLessThan(1e-4);
  });

  it('gives the same bits at any number of threads', () => {
    const [one, two] = [1, 2].map((threads) =>
      withSettings({ threads }, () => run(channels, x, offset, scale, dy)),
    );
    expect(two).toEqual(one);
  });

  it('in inference with the statistics of the batch equals training', () => {
    const { y, mean, variance } = run(channels, x, offset, scale, dy);
    const inferred = unwritten(x.length);
    kernels.batchNormInference(x, mean, variance, offset, scale, EPSILON, inferred);
    expect(inferred).toEqual(y);
  });

  it('takes a missing scale as 1 and a missing offset as 0', () => {
    const [ones, zeros] = [new Float32Array(channels).fill(1), new Float32Array(channels)];
    expect(run(channels, x, null, null, dy)).toEqual(run(channels, x, zeros, ones, dy));
  });
});

describe('The variance of a batch', () => {
  it('survives a mean ten thousand times the deviation', () => {
    const x = randomFloats(20_000, 12).map((value) => 10_000 + value);
    const { variance } = run(2, x, null, null, randomFloats(20_000, 13));
    const { variance: expected } = reference(2, x, new Float32Array(2), new Float32Array(2), x);
    expect(at(variance, 0) / at(expected, 0)).toBeCloseTo(1, 5);
    expect(at(variance, 1) / at(expected, 1)).toBeCloseTo(1, 5);
  });
});

describe('Batch norm called wrongly', () => {
  it('says when the tensor does not consist of whole rows', () => {
    const [x, vector] = [new Float32Array(7), new Float32Array(2)];
    expect(() => kernels.batchNormInference(x, vector, vector, null, null, EPSILON, x.slice())).toThrow(
      /7 elements.*2 channels/,
    );
  });
});
