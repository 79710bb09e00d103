import { describe, expect, it } from 'vitest';
import { kernels, largestDifference, randomFloats, unwritten, withSettings } from './kernels.ts';

/** [batchA, batchB, rows, depth, columns] */
type Shape = [number, number, number, number, number];

function referenceMatMul(
  shape: Shape,
  a: Float32Array,
  b: Float32Array,
  ta: boolean,
  tb: boolean,
): Float64Array {
  const [batchA, batchB, rows, depth, columns] = shape;
  const batch = Math.max(batchA, batchB);
  return Float64Array.from({ length: batch * rows * columns }, (_, index) => {
    const n = Math.floor(index / rows / columns);
    const row = Math.floor(index / columns) % rows;
    const column = index % columns;
    let sum = 0;
    for (let k = 0; k < depth; k++) {
      const left = a[(n % batchA) * rows * depth + (ta ? k * rows + row : row * depth + k)] ?? NaN;
      const right =
        b[(n % batchB) * depth * columns + (tb ? column * depth + k : k * columns + column)] ?? NaN;
      sum += left * right;
    }
    return sum;
  });
}

const SHAPES: Shape[] = [
  [1, 1, 1, 1, 1],
  [1, 1, 1, 700, 3],
  [1, 1, 37, 5, 41],
  [1, 1, 64, 330, 64],
  [1, 1, 3, 2100, 50],
  [3, 3, 7, 9, 17],
  [2, 1, 15, 16, 33],
  [1, 20, 6, 31, 5],
  [1, 1, 2, 3, 600],
];
const FLAGS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

describe.each(SHAPES)('A matrix product of %i and %i matrices, %i x %i x %i,', (...shape) => {
  const [batchA, batchB, rows, depth, columns] = shape;
  const a = randomFloats(batchA * rows * depth, 4);
  const b = randomFloats(batchB * depth * columns, 5);
  const multiply = (ta: boolean, tb: boolean): Float32Array => {
    const out = unwritten(Math.max(batchA, batchB) * rows * columns);
    kernels.matMul(a, b, out, Int32Array.from(shape), ta, tb);
    return out;
  };

  it.each(FLAGS)(
    'agrees with the definition (transposeA %s, transposeB %s) on every instruction set',
    (ta, tb) => {
      const expected = referenceMatMul(shape, a, b, ta, tb);
      for (const set of kernels.instructionSets()) {
        const actual = withSettings({ set }, () => multiply(ta, tb));
        expect(largestDifference(actual, expected), set).toBeLessThan(1e-6 * (1 + Math.sqrt(depth)));
      }
    },
  );

  it.each(FLAGS)('gives the same bits at any number of threads (transposeA %s, transposeB %s)', (ta, tb) => {
    const [one, two] = [1, 2].map((threads) => withSettings({ threads }, () => multiply(ta, tb)));
    expect(two).toEqual(one);
  });
});

describe('A matrix product over a sum of no terms', () => {
  it('is zero', () => {
    const out = unwritten(6);
    kernels.matMul(new Float32Array(0), new Float32Array(0), out, Int32Array.of(1, 1, 2, 0, 3), false, false);
    expect([...out]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('A matrix product called wrongly', () => {
  it('says that batches of 2 and 3 do not go together', () => {
    const [a, b, out] = [new Float32Array(2), new Float32Array(3), new Float32Array(3)];
    expect(() => kernels.matMul(a, b, out, Int32Array.of(2, 3, 1, 1, 1), false, false)).toThrow(/batches/);
  });
});
