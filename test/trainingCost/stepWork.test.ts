import { describe, expect, it } from 'vitest';
import { stepWork } from '../../src-main/trainingCost/stepWork.ts';
import { networkCost } from '../../src-main/network/networkCost.ts';
import { unet } from './configurations.ts';

describe('stepWork', () => {
  const network = unet(1 / 8);

  it('counts parameters exactly, whatever the batch', () => {
    for (const batch of [1, 8])
      expect(stepWork(network, { batch, height: 64, width: 64 }).parameters).toBe(487_538);
  });

  it('comes near the MACs of the plain network on large images, and above them on small ones', () => {
    const ratio = (side: number): number =>
      stepWork(network, { batch: 2, height: side, width: side }).macs /
      (2 * networkCost(network, side, side).macs);
    expect(ratio(2048)).toBeCloseTo(1, 1);
    expect(ratio(32)).toBeGreaterThan(ratio(64));
    expect(ratio(64)).toBeGreaterThan(ratio(128));
    expect(ratio(32)).toBeLessThan(4);
  });

  it('is proportional to the batch, apart from what does not depend on it', () => {
    const one = stepWork(network, { batch: 1, height: 64, width: 96 });
    const five = stepWork(network, { batch: 5, height: 64, width: 96 });
    for (const kind of ['macs', 'values', 'inputs'] as const)
      expect(five[kind]).toBeCloseTo(5 * one[kind], 3);
    expect(five.inputs).toBe(5 * 3 * 64 * 96);
    expect(five.fixed).toBe(one.fixed);
  });
});
