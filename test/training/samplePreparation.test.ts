import { describe, expect, it } from 'vitest';
import { jitterIntensity } from '../../src-main/training/jitterIntensity.ts';
import { Random } from '#common/random.ts';
import { reflect } from '../../src-main/training/reflect.ts';
import { standardise } from '../../src-main/training/standardise.ts';

describe('standardise', () => {
  it('gives every channel zero mean and unit variance by itself', () => {
    const random = Random.fromSeed(2);
    const image = Float32Array.from(
      { length: 300 },
      (_, i) => (i % 3) * 0.2 + random.uniform() * 0.1 * ((i % 3) + 1),
    );
    const result = standardise(image, 3);
    for (const channel of [0, 1, 2]) {
      const values = [...result].filter((_, i) => i % 3 === channel);
      const mean = values.reduce((sum, v) => sum + v, 0) / 100;
      expect(mean).toBeCloseTo(0, 5);
      expect(values.reduce((sum, v) => sum + v * v, 0) / 100).toBeCloseTo(1, 4);
    }
  });

  it('turns a flat image into zeros, not into noise', () => {
    expect(Math.max(...standardise(new Float32Array(50).fill(0.37), 1).map(Math.abs))).toBeLessThan(1e-3);
  });
});

describe('reflect', () => {
  it('mirrors at the border pixels without repeating them', () => {
    const shown = Array.from({ length: 13 }, (_, i) => reflect(i - 5, 4));
    expect(shown).toEqual([1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1]);
  });

  it('shows the only pixel everywhere', () => {
    expect([-2, 0, 7].map((position) => reflect(position, 1))).toEqual([0, 0, 0]);
  });
});

describe('jitterIntensity', () => {
  const crop = () => Float32Array.from({ length: 64 }, (_, i) => (i - 32) / 16);

  it('keeps the order of intensities', () => {
    const jittered = crop();
    jitterIntensity(jittered, Random.fromSeed(3));
    expect([...jittered]).toEqual([...jittered].sort((a, b) => a - b));
    expect(jittered).not.toEqual(crop());
  });

  it('maps the darkest and brightest value by contrast and brightness alone', () => {
    for (let seed = 0; seed < 50; seed++) {
      const jittered = crop();
      jitterIntensity(jittered, Random.fromSeed(seed));
      const contrast = ((jittered.at(-1) ?? 0) - (jittered[0] ?? 0)) / (31 / 16 + 2);
      expect(contrast).toBeGreaterThanOrEqual(0.8 - 1e-5);
      expect(contrast).toBeLessThanOrEqual(1.25 + 1e-5);
      expect(Math.abs((jittered[0] ?? 0) + 2 * contrast)).toBeLessThanOrEqual(0.2 + 1e-5);
    }
  });

  it('leaves a flat crop as it is', () => {
    const flat = new Float32Array(9).fill(0.5);
    jitterIntensity(flat, Random.fromSeed(1));
    expect([...flat]).toEqual(new Array(9).fill(0.5));
  });
});
