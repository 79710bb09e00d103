import { describe, expect, it } from 'vitest';
import { fitStepCost, type MeasuredStep, stepMilliseconds } from '../../src-main/trainingCost/fitStepCost.ts';
import { measured, unet } from './configurations.ts';

const SEEN = [
  measured(unet(1 / 32), 128, 8),
  measured(unet(1 / 16), 64, 4),
  measured(unet(1 / 8), 128, 2),
  measured(unet(1 / 4), 64, 8),
  measured(unet(1 / 2), 96, 1),
  measured(unet(1), 64, 2),
  measured(unet(1 / 32), 32, 1),
];
const UNSEEN = [
  measured(unet(1), 128, 8),
  measured(unet(1 / 2), 128, 4),
  measured(unet(1 / 8), 256, 1),
  measured(unet(1 / 16), 128, 8),
  measured(unet(1 / 64), 64, 16),
];

function fitted(steps: readonly MeasuredStep[]) {
  const cost = fitStepCost(steps);
  if (!cost) throw new Error('no cost');
  return cost;
}

function worst(steps: readonly MeasuredStep[], asked: readonly MeasuredStep[]): number {
  const cost = fitted(steps);
  return Math.max(...asked.map((step) => Math.abs(stepMilliseconds(cost, step) / step.milliseconds - 1)));
}

describe('fitStepCost', () => {
  it('knows nothing without a measurement', () => {
    expect(fitStepCost([])).toBeNull();
  });

  it('foretells unseen sizes within a tenth from seven exact measurements', () => {
    expect(worst(SEEN, UNSEEN)).toBeLessThan(0.1);
  });

  it('stays within 25 percent when measurements are off by a tenth', () => {
    const noisy = SEEN.map((step, i) => ({ ...step, milliseconds: step.milliseconds * (i % 2 ? 1.1 : 0.9) }));
    expect(worst(noisy, UNSEEN)).toBeLessThan(0.25);
  });

  it('is not led astray by one step during which another program ran', () => {
    const disturbed = SEEN.map((step, i) =>
      i === 3 ? { ...step, milliseconds: step.milliseconds * 5 } : step,
    );
    expect(worst(disturbed, UNSEEN)).toBeLessThan(0.35);
  });

  it('scales with the machine from a single measurement, and widens the range', () => {
    const [first] = SEEN;
    if (!first) throw new Error('nothing seen');
    const once = fitted([first]);
    const slower = fitted([{ ...first, milliseconds: 3 * first.milliseconds }]);
    const asked = { network: unet(1 / 4), crop: 64, batch: 8 };
    expect(stepMilliseconds(slower, asked)).toBeCloseTo(3 * stepMilliseconds(once, asked), 6);
    expect(once.spread).toBeGreaterThan(fitted([...SEEN, ...UNSEEN]).spread);
  });

  it('takes a step that was measured itself as measured, the last time counting', () => {
    const step = measured(unet(1 / 8), 128, 2);
    const cost = fitted([...SEEN, { ...step, milliseconds: 777 }]);
    expect(stepMilliseconds(cost, step)).toBe(777);
  });

  it('has no negative rate, whatever was measured', () => {
    const odd = SEEN.map((step, i) => ({ ...step, milliseconds: 1000 / (i + 1) }));
    for (const rate of Object.values(fitted(odd).rates)) expect(rate).toBeGreaterThanOrEqual(0);
  });

  it('never takes less time for a larger factor, batch or crop', () => {
    const { rates, spread } = fitted(SEEN);
    const cost = { rates, spread, measured: new Map() };
    const time = (factor: number, crop: number, batch: number): number =>
      stepMilliseconds(cost, { network: unet(factor), crop, batch });
    const rising = (times: number[]): void => {
      expect(times).toEqual([...times].sort((a, b) => a - b));
    };
    rising([1 / 64, 1 / 32, 1 / 8, 1 / 2, 1].map((factor) => time(factor, 128, 8)));
    rising([1, 2, 4, 8, 16].map((batch) => time(1 / 8, 128, batch)));
    rising([32, 64, 96, 128, 256].map((crop) => time(1 / 8, crop, 8)));
  });

  it('copes with fifty measurements and more', () => {
    const many = Array.from({ length: 80 }, (_, i) =>
      measured(unet(1 / 2 ** (i % 6)), 32 * (1 + (i % 5)), 1 + (i % 8), 1 + 0.05 * Math.sin(i)),
    );
    expect(worst(many, UNSEEN)).toBeLessThan(0.1);
    expect(fitted(many).spread).toBeLessThan(0.25);
  });
});
