import { describe, expect, it } from 'vitest';
import { broadcastLayout } from '../../../src-main/engine/native/broadcastLayout.ts';

describe('broadcastLayout', () => {
  it.each([
    ['equal shapes become one run', [2, 3, 4], [2, 3, 4], [2, 3, 4], [24, 1, 1]],
    ['a scalar repeats along one run', [2, 3], [], [2, 3], [6, 1, 0]],
    ['a channel vector leaves rows and columns', [8, 4, 4, 3], [3], [8, 4, 4, 3], [128, 3, 3, 1, 0, 1]],
    ['either operand may repeat', [1, 3], [2, 1], [2, 3], [2, 3, 0, 1, 1, 0]],
    ['dimensions of one element vanish', [1, 1], [1], [1, 1], [1, 0, 0]],
    ['an inner repetition keeps its own dimension', [2, 3, 1], [2, 3, 5], [2, 3, 5], [6, 5, 1, 0, 5, 1]],
  ])('%s', (_, a, b, shape, layout) => {
    const result = broadcastLayout(a, b);
    expect(result.shape).toEqual(shape);
    expect([...result.layout]).toEqual(layout);
  });

  it('names both shapes when they do not broadcast', () => {
    expect(() => broadcastLayout([2, 3], [4])).toThrow(/shapes 2,3 and 4/);
  });
});
