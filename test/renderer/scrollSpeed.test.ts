import { describe, expect, it } from 'vitest';
import { ScrollSpeed } from '../../src-renderer/components/grid/scrollSpeed.ts';

/** Whether the last of some steps, each so many pixels in 16 ms, was a rush. */
function afterSteps(...pixels: number[]): boolean {
  const speed = new ScrollSpeed(0, 0);
  let top = 0;
  return pixels.map((step, i) => speed.rushesTo((top += step), 16 * (i + 1))).at(-1) ?? false;
}

describe('scrolling', () => {
  it('at reading pace is no rush', () => {
    expect(afterSteps(12, 12, 12)).toBe(false);
  });

  it('by a flick of the wheel is a rush, upwards as well', () => {
    expect(afterSteps(120, 120)).toBe(true);
    expect(afterSteps(120, -120)).toBe(true);
  });

  it('is no rush any more as soon as it slows down', () => {
    expect(afterSteps(120, 120, 20)).toBe(false);
  });

  it('twice in the same millisecond is measured, not divided by zero', () => {
    const speed = new ScrollSpeed(0, 5);
    expect(speed.rushesTo(2, 5)).toBe(false);
    expect(speed.rushesTo(100, 5)).toBe(true);
  });
});
