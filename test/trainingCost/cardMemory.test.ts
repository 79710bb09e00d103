import { describe, expect, it } from 'vitest';
import { forecastWords } from '#common/training/trainingForecast.ts';
import { cardMemory } from '../../src-main/trainingCost/cardMemory.ts';
import { foretellMemory } from '../../src-main/trainingCost/foretellMemory.ts';
import { load, RECIPE, unet } from './configurations.ts';

describe('the memory of a card', () => {
  it('is foretold: more for a larger factor, batch, crop, and image', () => {
    const base = cardMemory(unet(1 / 8), RECIPE, load());
    expect(cardMemory(unet(1 / 4), RECIPE, load())).toBeGreaterThan(1.8 * base);
    expect(cardMemory(unet(1 / 8), { ...RECIPE, batch: 2 * RECIPE.batch }, load())).toBeGreaterThan(
      1.5 * base,
    );
    const images = { ...load().images, test: [{ width: 1024, height: 1024 }] };
    expect(cardMemory(unet(1 / 8), RECIPE, load({ images }))).toBeGreaterThan(base);
  });

  it('is called the card’s in a forecast', () => {
    const memory = foretellMemory('webgpu', unet(1 / 8), RECIPE, load());
    expect(forecastWords({ seconds: 60, low: 50, high: 70, ...memory })).toMatch(
      / and \d.* of the card's memory$/,
    );
    const own = foretellMemory('native', unet(1 / 8), RECIPE, load());
    expect(forecastWords({ seconds: 60, low: 50, high: 70, ...own })).toMatch(/ and \d.* of memory$/);
    expect(foretellMemory('tensorflow', unet(1 / 8), RECIPE, load()).peakBytes).toBeNull();
  });
});
