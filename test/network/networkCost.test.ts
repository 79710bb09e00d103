import { describe, expect, it } from 'vitest';
import { networkCost } from '../../src-main/network/networkCost.ts';
import { specOf } from './networkSpecs.ts';

describe('networkCost', () => {
  it.each([
    [1, 31_045_506],
    [1 / 2, 7_766_978],
    [1 / 4, 1_944_546],
    [1 / 8, 487_538],
    [1 / 16, 122_586],
    [1 / 32, 30_998],
    [1 / 64, 7_926],
  ])('counts the published parameters of U-Net at factor %f', (factor, parameters) => {
    expect(networkCost(specOf('unet', { factor }), 128, 128).parameters).toBe(parameters);
  });

  it('counts the multiply-accumulates of U-Net as the closed form does', () => {
    const [w, side, channels, classes] = [8, 64, 3, 2];
    // Per pixel of full resolution; level l has w 2^l filters and 4^-l pixels, so each 3x3 pair costs the same.
    const down = 9 * (channels * w + w * w) + 4 * 9 * ((w * w) / 2 + w * w);
    const up = 4 * ((2 * w * w * 4) / 4 + 9 * (2 * w * w + w * w));
    const expected = side * side * (down + up + w * classes);
    expect(networkCost(specOf('unet', { width: w }), side, side).macs).toBe(expected);
  });

  it('counts the multiply-accumulates of FCN-8s as the closed form does', () => {
    const [w, side] = [4, 64];
    const trunk =
      9 * (3 * w + w * w + (w * 2 * w + 4 * w * w) / 4 + (8 * w * w + 2 * 16 * w * w) / 16) +
      (9 * (32 * w * w + 2 * 64 * w * w)) / 64 +
      (9 * 3 * 64 * w * w) / 256;
    const head =
      (49 * 8 * w * 64 * w + 64 * w * 64 * w + 64 * w * 2) / 1024 + (8 * w * 2) / 256 + (4 * w * 2) / 64;
    const up = (16 * 4) / 1024 + (16 * 4) / 256 + (256 * 4) / 64;
    expect(networkCost(specOf('fcn8s', { width: w }), side, side).macs).toBe(
      side * side * (trunk + head + up),
    );
  });

  it('finds the activation peak of U-Net at its last concatenation or the convolution behind it', () => {
    // Skip (w) and upsampled (w) joined into 2w, all three alive: 4 w values per pixel; earlier moments hold less.
    const { activationBytes } = networkCost(specOf('unet', { width: 8 }), 128, 64);
    expect(activationBytes).toBe(4 * 4 * 8 * 128 * 64);
  });

  it('finds the activation peak of FCN-8s between its first two convolutions', () => {
    expect(networkCost(specOf('fcn8s', { width: 8 }), 64, 64).activationBytes).toBe(4 * 2 * 8 * 64 * 64);
  });

  it('never lets a convolution fall below one filter', () => {
    expect(networkCost(specOf('unet', { width: 1, factor: 1 / 64 }), 32, 32).parameters).toBeGreaterThan(0);
  });

  it('says which sizes fit when a size does not', () => {
    expect(() => networkCost(specOf('fcn8s'), 48, 64)).toThrow(/multiples of 32; 48x64 is not/);
  });
});
