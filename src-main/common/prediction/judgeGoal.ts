import { formatPercent } from '../format.ts';
import type { Limits } from './prediction.ts';
import type { RetainedShare } from './retainedShare.ts';

/** What became of the accuracy that was asked for. */
export type GoalVerdict =
  | { readonly kind: 'none' }
  /** A share of the full network's accuracy was asked for, and the full network was not trained. */
  | { readonly kind: 'unknown'; readonly goal: number }
  | {
      readonly kind: 'met' | 'missed';
      readonly asked: 'retain';
      readonly goal: number;
      readonly kept: RetainedShare;
    }
  | {
      readonly kind: 'met' | 'missed';
      readonly asked: 'minDice';
      readonly goal: number;
      readonly dice: number;
    };

/**
 * Holds what was measured against the goal. Both goals may be set; the first that is missed decides, then what is not known.
 * @param dice mean test Dice of the chosen network
 * @param kept beside the full network on the same test images; null when that was not trained
 */
export function judgeGoal(
  { retain, minDice }: Limits,
  dice: number,
  kept: RetainedShare | null,
): GoalVerdict {
  const absolute: GoalVerdict | null =
    minDice === undefined
      ? null
      : { kind: dice >= minDice ? 'met' : 'missed', asked: 'minDice', goal: minDice, dice };
  if (absolute?.kind === 'missed' || retain === undefined) return absolute ?? { kind: 'none' };
  if (kept === null) return { kind: 'unknown', goal: retain };
  return { kind: kept.share >= retain ? 'met' : 'missed', asked: 'retain', goal: retain, kept };
}

/** One or two sentences for people, the same in the window, the report and the command line. */
export function goalWords(verdict: GoalVerdict): string {
  switch (verdict.kind) {
    case 'none':
      return 'No accuracy was asked for.';
    case 'unknown':
      return `Goal: keep ${formatPercent(verdict.goal)} of the full network's accuracy. Unknown until the full network is trained on the same images.`;
    case 'met':
    case 'missed': {
      const word = verdict.kind === 'met' ? 'Met' : 'Not met';
      if (verdict.asked === 'minDice') {
        return `Goal: Dice of at least ${verdict.goal.toFixed(3)}. ${word}: ${verdict.dice.toFixed(3)} on the test images.`;
      }
      const { share, low, high, images } = verdict.kept;
      const sure = verdict.goal < low || verdict.goal > high;
      const doubt = sure ? '' : ' The goal lies within that interval: more test images would settle it.';
      return (
        `Goal: keep ${formatPercent(verdict.goal)} of the full network's accuracy. ${word}: it keeps ${formatPercent(share)} ` +
        `on the same ${images} test images (90 % interval ${formatPercent(low)} to ${formatPercent(high)}).${doubt}`
      );
    }
  }
}
