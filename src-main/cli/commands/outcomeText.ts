import { shown } from '#common/shownText.ts';
import { formatFactor } from '#common/network/factor.ts';
import { formatBytes, formatDice, formatPercent } from '#common/format.ts';
import type { CompressResult } from '#contract/jobs/compressKind.ts';
import { goalWords } from '#common/prediction/judgeGoal.ts';
import { exportedLines } from './exportedText.ts';
import { verdictWords } from '#common/prediction/verdict.ts';

/** What came of a compression: predicted beside measured, cost before and after, files. */
export function outcomeText(outcome: NonNullable<CompressResult['outcome']>): string {
  const { predicted, measured, retained, before, after } = outcome;
  const working =
    measured.diceWorking === null ? '' : ` (${formatDice(measured.diceWorking)} at the working resolution)`;
  const warning =
    'warning: The network has not learnt: it does no better than marking everything or nothing. Train longer (--epochs), or choose a larger one.';
  return [
    ...(outcome.learnt ? [] : [warning]),
    `Trained network ${outcome.network}: factor ${formatFactor(outcome.alpha)}, ${outcome.parameters.toLocaleString('en-GB')} parameters.`,
    `Predicted Dice ${formatDice(predicted.dice)} (${formatDice(predicted.low)} to ${formatDice(predicted.high)}), measured ${formatDice(measured.dice)}${working}; ` +
      `${formatPercent(retained.share)} of the base network's ${retained.of} accuracy.`,
    verdictWords(predicted, measured.dice),
    ...(outcome.teacherWidth === null
      ? []
      : [`It learnt from the masks and from the trained network of ${outcome.teacherWidth} filters.`]),
    ...(outcome.goal.kind === 'none' ? [] : [goalWords(outcome.goal)]),
    `Parameters ${before.parameters.toLocaleString('en-GB')} -> ${after.parameters.toLocaleString('en-GB')}, file ${formatBytes(before.bytes)} -> ${formatBytes(after.bytes)}.`,
    ...exportedLines(outcome.files),
    shown(`Report: ${outcome.report}`),
  ].join('\n');
}
