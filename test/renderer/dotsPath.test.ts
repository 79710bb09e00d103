import { describe, expect, it } from 'vitest';
import { dotsPath } from '../../src-renderer/plots/dotsPath.ts';

describe('dots drawn as one path', () => {
  it('are full circles around their centres', () => {
    expect(dotsPath([{ x: 10, y: 20 }], 3)).toBe('M7 20a3 3 0 1 0 6 0a3 3 0 1 0 -6 0');
  });

  it('follow each other, and are nothing without points', () => {
    const points = [
      { x: 1, y: 2 },
      { x: 5, y: 6 },
    ];
    expect(dotsPath(points, 1).match(/M/g)).toHaveLength(2);
    expect(dotsPath([], 1)).toBe('');
  });
});
