import { describe, expect, it } from 'vitest';
import { shownGoal, shownUnit, withShownGoal } from '../../src-renderer/state/wizard/accuracyUnit.ts';
import { FIRST_DRAFT, readDraft } from '../../src-renderer/state/wizard/wizardDraft.ts';

const share = { retain: 0.9, safe: false };
const dice = { minDice: 0.6, safe: false };

describe('what accuracy is shown as', () => {
  it('follows the kind of goal until the user chooses, whose choice stays', () => {
    expect(shownUnit(null, share)).toBe('share');
    expect(shownUnit(null, dice)).toBe('dice');
    expect(shownUnit(null, { safe: false })).toBe('share');
    expect(shownUnit('dice', share)).toBe('dice');
    expect(shownUnit('share', dice)).toBe('share');
  });

  it('is kept with the draft, and drafts of before have none', () => {
    expect(readDraft(JSON.stringify({ ...FIRST_DRAFT, unit: undefined })).unit).toBeNull();
    expect(readDraft(JSON.stringify({ ...FIRST_DRAFT, unit: 'dice' })).unit).toBe('dice');
  });
});

describe('the goal in what is shown', () => {
  it('is the goal itself in its own unit, and goes through the full network to the other', () => {
    expect(shownGoal(share, 'share', 0.8)).toBe(0.9);
    expect(shownGoal(share, 'dice', 0.8)).toBeCloseTo(0.72, 12);
    expect(shownGoal(dice, 'dice', 0.8)).toBe(0.6);
    expect(shownGoal(dice, 'share', 0.8)).toBeCloseTo(0.75, 12);
    expect(shownGoal({ safe: false }, 'share', 0.8)).toBeNull();
  });

  it.each(['share', 'dice'] as const)('comes back as the same limits when it is read off as %s', (unit) => {
    for (const limits of [share, dice]) {
      expect(withShownGoal(limits, unit, shownGoal(limits, unit, 0.8) ?? NaN, 0.8)).toEqual(limits);
    }
  });

  it('asks for no more than all of the accuracy, however far the line is dragged', () => {
    expect(withShownGoal(share, 'share', 1.2, 0.8)).toMatchObject({ retain: 1 });
    expect(withShownGoal(share, 'dice', 0.95, 0.8)).toMatchObject({ retain: 1 });
    expect(withShownGoal(dice, 'share', 1.3, 0.8)).toMatchObject({ minDice: 1 });
    expect(withShownGoal({ safe: false }, 'share', 0.5, 0.8)).toEqual({ safe: false });
  });
});
