import { describe, expect, it } from 'vitest';
import { graphicsCards } from '../../../src-main/engine/tensorflow/graphicsCards.ts';

describe('graphicsCards', () => {
  it("reads the driver's list", () => {
    expect(graphicsCards(() => 'NVIDIA H200, 143771\nNVIDIA RTX A2000, 6138\n')).toEqual([
      { name: 'NVIDIA H200', memoryBytes: 143_771 * 2 ** 20 },
      { name: 'NVIDIA RTX A2000', memoryBytes: 6138 * 2 ** 20 },
    ]);
  });

  it.each(['', 'No devices were found\n', 'NVIDIA-SMI has failed because it could not reach the driver.'])(
    'finds none in %j',
    (answer) => {
      expect(graphicsCards(() => answer)).toEqual([]);
    },
  );

  it('finds none, and does not fail, where there is no driver', () => {
    expect(Array.isArray(graphicsCards())).toBe(true);
  });
});
