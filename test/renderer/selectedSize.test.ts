import { describe, expect, it } from 'vitest';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { selectedSize } from '../../src-renderer/state/wizard/selectedSize.ts';
import { fakeCandidates } from './fake/fakeLibrary.ts';

const candidates = fakeCandidates(false);
const limits = { retain: 0.95, safe: false };
const choice = chooseNetwork(candidates, limits);

describe('the size that would be trained', () => {
  it('is the chosen one until the user picks another', () => {
    expect(selectedSize(candidates, choice, { picked: null, limits })).toMatchObject({
      candidate: { alpha: 1 / 8 },
      picked: false,
    });
    expect(selectedSize(candidates, choice, { picked: 1 / 8, limits })?.picked).toBe(false);
  });

  it('is the picked one, with the limits that it misses', () => {
    const both = { ...limits, maxParameters: 100_000, maxLatencyMs: 3 };
    expect(selectedSize(candidates, choice, { picked: 1 / 32, limits: both })).toMatchObject({
      candidate: { alpha: 1 / 32 },
      picked: true,
      misses: ['retain'],
    });
    expect(selectedSize(candidates, choice, { picked: 1, limits: both })?.misses).toEqual(['maxParameters']);
  });

  it('can be picked where nothing meets the limits', () => {
    const none = chooseNetwork(candidates, { minDice: 0.99, safe: false });
    expect(selectedSize(candidates, none, { picked: null, limits })).toBeNull();
    expect(selectedSize(candidates, none, { picked: 1 / 2, limits })?.candidate.alpha).toBe(1 / 2);
  });

  it('is none that was not asked about', () => {
    const asked = candidates.map((one) => ({ ...one, offered: one.alpha < 1 }));
    expect(selectedSize(asked, choice, { picked: 1, limits })?.candidate.alpha).toBe(1 / 8);
  });
});
