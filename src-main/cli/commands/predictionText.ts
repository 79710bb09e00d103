import { shown } from '#common/shownText.ts';
import { EXIT } from '#common/exitCodes.ts';
import { formatFactor } from '#common/network/factor.ts';
import { formatBytes, formatDigits, formatDuration, formatDice, formatPercent } from '#common/format.ts';
import type { PredictResult } from '#contract/jobs/predictKind.ts';
import { impossibleWords } from '#common/prediction/choiceWords.ts';
import type { Candidate } from '#common/prediction/prediction.ts';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { probeWords } from '#common/prediction/nextProbe.ts';
import { trustSentences } from '#common/prediction/trustWords.ts';
import type { Invocation } from '../command.ts';
import { commandLine } from '../commandLine.ts';
import { PROBE } from '../optionSpecs.ts';
import { table } from '../table.ts';

/**
 * The prediction as a table with its trustworthiness, warnings, the choice in words, and what to do next.
 * @param asked by which it was asked for, so that the next command can be told as it stands
 */
export function predictionText(result: PredictResult, asked?: Invocation): string {
  const { candidates, error, choice } = result;
  const rows = candidates.map((candidate) => [
    `${choice.kind === 'chosen' && choice.alpha === candidate.alpha ? '*' : ' '} ${formatFactor(candidate.alpha)}`,
    candidate.parameters.toLocaleString('en-GB'),
    `${formatDice(candidate.predicted)}${candidate.extrapolated ? ' ~' : ''}`,
    `${formatDice(candidate.low)} to ${formatDice(candidate.high)}`,
    formatPercent(candidate.retained),
    formatBytes(candidate.fileBytes),
    candidate.latencyMs === null ? '-' : `${formatDigits(candidate.latencyMs)} ms`,
    trainingText(candidate.forecast),
  ]);
  const answer =
    choice.kind === 'chosen'
      ? `Choice: factor ${formatFactor(choice.alpha)}, ${choice.parameters.toLocaleString('en-GB')} parameters, predicted Dice ${formatDice(choice.predicted)}.`
      : impossibleWords(choice);
  return [
    table(['  factor', 'parameters', 'Dice', 'interval', 'retained', 'file', 'one image', 'training'], rows),
    ...(candidates.some(({ extrapolated }) => extrapolated)
      ? ['~ narrower or wider than every calibrated network: extrapolated']
      : []),
    ...trustSentences(error).map((sentence) => shown(sentence)),
    ...result.warnings.map((warning) => shown(`warning: ${warning}`)),
    answer,
    ...nextStep(result, asked),
  ].join('\n');
}

function nextStep({ nextProbe, candidates, limits, dataset }: PredictResult, asked?: Invocation): string[] {
  if (!nextProbe) return [];
  const words = probeWords(nextProbe, chooseNetwork(candidates, limits));
  if (!asked) return [words];
  return [words, `  ${probeLine(dataset, nextProbe.alpha, asked)}`];
}

/** The command that trains a probe as it stands, under the question that was asked. */
export function probeLine(dataset: string, alpha: number, asked: Invocation): string {
  return commandLine({ name: 'probe', options: PROBE }, [dataset], asked, { at: formatFactor(alpha) });
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
