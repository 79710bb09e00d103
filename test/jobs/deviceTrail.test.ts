import { describe, expect, it } from 'vitest';
import { deviceTrail } from '../../src-main/jobs/training/deviceTrail.ts';

describe('deviceTrail', () => {
  it.each([
    [null, 0, 'native 1 (avx2, 2 threads)', 'native 1 (avx2, 2 threads)'],
    ['native 1 (avx2, 2 threads)', 4, 'native 1 (avx2, 2 threads)', 'native 1 (avx2, 2 threads)'],
    ['tensorflow 2 (CPU)', 0, 'native 1 (avx2, 2 threads)', 'native 1 (avx2, 2 threads)'],
    [
      'tensorflow 2 (CPU)',
      3,
      'native 1 (avx2, 2 threads)',
      'tensorflow 2 (CPU) to epoch 3, then native 1 (avx2, 2 threads)',
    ],
    ['a to epoch 3, then b', 5, 'b', 'a to epoch 3, then b'],
    ['a to epoch 3, then b', 5, 'a', 'a to epoch 3, then b to epoch 5, then a'],
  ])('of %j after %i epochs, going on with %j, is %j', (before, epochs, now, trail) => {
    expect(deviceTrail(before, epochs, now)).toBe(trail);
  });
});
