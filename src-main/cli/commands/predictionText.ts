import { EXIT } from '#common/exitCodes.ts';
import { formatFactor } from '#common/network/factor.ts';
import { formatBytes, formatDuration, formatDice, formatPercent } from '#common/format.ts';
import type { PredictResult } from '#contract/jobs/predictKind.ts';
import { impossibleWords } from '#common/prediction/choiceWords.ts';
import type { Candidate } from '#common/prediction/prediction.ts';
import { trustSentences } from '#common/prediction/trustWords.ts';
import { table } from '../table.ts';

/** The prediction as a table with its trustworthiness, warnings and the choice in words. */
export function predictionText(result: PredictResult): string {
  const { candidates, error, choice } = result;
  const rows = candidates.map((candidate) => [
    `${choice.kind === 'chosen' && choice.alpha === candidate.alpha ? '*' : ' '} ${formatFactor(candidate.alpha)}`,
    candidate.parameters.toLocaleString('en-GB'),
    formatDice(candidate.predicted),
    `${formatDice(candidate.low)} to ${formatDice(candidate.high)}`,
    formatPercent(candidate.retained),
    formatBytes(candidate.fileBytes),
    candidate.latencyMs === null ? '-' : `${candidate.latencyMs.toPrecision(3)} ms`,
    trainingText(candidate.forecast),
  ]);
  const answer =
    choice.kind === 'chosen'
      ? `Choice: factor ${formatFactor(choice.alpha)}, ${choice.parameters.toLocaleString('en-GB')} parameters, predicted Dice ${formatDice(choice.predicted)}.`
      : impossibleWords(choice);
  return [
    table(['  factor', 'parameters', 'Dice', 'interval', 'retained', 'file', 'one image', 'training'], rows),
    ...trustSentences(error),
    ...result.warnings.map((warning) => `warning: ${warning}`),
    answer,
  ].join('\n');
}

function trainingText(forecast: Candidate['forecast']): string {
  if (!forecast) return '-';
  const { seconds, peakBytes } = forecast;
  return `${formatDuration(seconds)}${peakBytes === null ? '' : `, ${formatBytes(Math.round(peakBytes))}`}`;
}

/** Exit code of a prediction: 4 when nothing meets the limits. */
export function predictionExit(result: PredictResult): number {
  return result.choice.kind === 'chosen' ? EXIT.done : EXIT.limits;
}
