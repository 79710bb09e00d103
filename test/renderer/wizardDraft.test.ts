import { describe, expect, it } from 'vitest';
import { FIRST_DRAFT, readDraft } from '../../src-renderer/state/wizard/wizardDraft.ts';
import { goalKind, withGoal, withLimit } from '../../src-renderer/state/wizard/goal.ts';

describe('the draft of the wizard', () => {
  it('is taken up as it was left', () => {
    const left = { ...FIRST_DRAFT, step: 'training' as const, datasetId: 7, width: 32 };
    expect(readDraft(JSON.stringify(left))).toEqual(left);
  });

  it.each([null, '', '{', '{"step":"gone"}', '{"step":"training","width":"x"}'])(
    'begins anew when nothing usable was kept: %s',
    (text) => {
      expect(readDraft(text)).toEqual(FIRST_DRAFT);
    },
  );

  it('has one kind of goal at a time and keeps the limits', () => {
    const limits = withLimit(FIRST_DRAFT.limits, 'maxBytes', 1000);
    const other = withGoal(limits, 'minDice', 0.83749);
    expect(other).toEqual({ minDice: 0.837, maxBytes: 1000, safe: false });
    expect(goalKind(other)).toBe('minDice');
    expect(goalKind(withGoal(other, 'none', 0))).toBe('none');
    expect(withLimit(limits, 'maxBytes', undefined)).toEqual(FIRST_DRAFT.limits);
  });
});
