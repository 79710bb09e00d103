import { describe, expect, it } from 'vitest';
import { type CcnetError, hasCode } from '#common/errors.ts';
import { type FactsOf, remedyOf } from '#common/failures/failures.ts';
import { EXIT } from '#common/exitCodes.ts';
import { availableMemory } from '../../src-main/trainingCost/availableMemory.ts';
import { fittingRecipe } from '../../src-main/trainingCost/fittingRecipe.ts';
import { requireMemory } from '../../src-main/trainingCost/requireMemory.ts';
import { trainingMemory } from '../../src-main/trainingCost/trainingMemory.ts';
import { load, RECIPE, unet } from './configurations.ts';

const NOTHING = { batch: null, crop: null, factor: null, both: null };

function refusal(factor: number, available: number): CcnetError<'memory-insufficient'> {
  try {
    requireMemory(unet(factor), RECIPE, load(), available);
  } catch (error) {
    if (hasCode(error, 'memory-insufficient')) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('requireMemory', () => {
  it('lets a training begin that fits exactly', () => {
    expect(() => {
      requireMemory(unet(1 / 8), RECIPE, load(), trainingMemory(unet(1 / 8), RECIPE, load()));
    }).not.toThrow();
  });

  it('names need, available memory and what fits, and ends the command with 3', () => {
    const error = refusal(1, 1.5e9);
    expect(error.exitCode).toBe(EXIT.badData);
    expect(error.message).toMatch(
      /^Training U-Net of width 64 at factor 1 with a batch of 8 and crops of 128 pixels needs .* GB of memory; 1\.50 GB are free\.$/,
    );
    expect(remedyOf(error.failure)).toMatch(/^It fits with .*no factor above 1\/2/);
  });

  it('offers batch, crop and factor that really fit, and whose double does not', () => {
    const available = 0.75 * trainingMemory(unet(1 / 2), RECIPE, load());
    const { batch, crop, factor } = refusal(1 / 2, available).facts.fitting;
    if (batch === null || crop === null || factor === null) throw new Error('Something is not offered.');
    const memory = (change: Partial<typeof RECIPE>, alpha = 1 / 2): number =>
      trainingMemory(unet(alpha), { ...RECIPE, ...change }, load());
    for (const [fits, tooMuch] of [
      [memory({ batch }), memory({ batch: 2 * batch })],
      [memory({ crop }), memory({ crop: 2 * crop })],
      [memory({}, factor), memory({}, 2 * factor)],
    ] as const) {
      expect(fits).toBeLessThanOrEqual(available);
      expect(tooMuch).toBeGreaterThan(available);
    }
  });
});

describe('fittingRecipe', () => {
  const pixels = (_: unknown, { batch, crop }: { batch: number; crop: number }): number => batch * crop ** 2;

  it('joins batch and crop when neither suffices alone', () => {
    const recipe = { ...RECIPE, batch: 4, crop: 128 };
    expect(fittingRecipe(unet(1), recipe, 64 ** 2, pixels)).toMatchObject({ crop: 32 });
    expect(fittingRecipe(unet(1), recipe, 32 ** 2, pixels)).toEqual({
      batch: null,
      crop: null,
      factor: null,
      both: { batch: 1, crop: 32 },
    });
  });

  it('offers only crops that every family takes', () => {
    const recipe = { ...RECIPE, batch: 1, crop: 96 };
    expect(fittingRecipe(unet(1), recipe, 50 ** 2, pixels)).toEqual(NOTHING);
  });

  it('says what else can be done when nothing fits', () => {
    const { facts } = refusal(1, 1.5e9);
    const told = (fitting: FactsOf<'memory-insufficient'>['fitting']) =>
      remedyOf({ code: 'memory-insufficient', facts: { ...facts, fitting } });
    expect(told(NOTHING)).toMatch(/Close other programs.*smaller width/);
    expect(told({ ...NOTHING, batch: 2, crop: 64 })).toContain('a batch of 2, or crops of 64 pixels');
  });
});

describe('availableMemory', () => {
  it('is a number of bytes of this machine', () => {
    expect(availableMemory()).toBeGreaterThan(2 ** 20);
  });
});
