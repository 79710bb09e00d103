import { EXIT } from '#common/errors.ts';
import { formatFactor } from '#common/network/factor.ts';
import { formatBytes, formatDuration, formatPercent, formatPoints } from '#common/format.ts';
import type { PredictResult } from '#contract/jobs/predictKind.ts';
import type { Candidate, PredictionError } from '#common/prediction/prediction.ts';
import { predictorWords } from '#common/prediction/predictorWords.ts';
import { table } from '../table.ts';

/** The prediction as a table with its trustworthiness, warnings and the choice in words. */
export function predictionText(result: PredictResult): string {
  const { candidates, error, choice } = result;
  const rows = candidates.map((candidate) => [
    `${choice.kind === 'chosen' && choice.alpha === candidate.alpha ? '*' : ' '} ${formatFactor(candidate.alpha)}`,
    candidate.parameters.toLocaleString('en-GB'),
    candidate.predicted.toFixed(3),
    `${candidate.low.toFixed(3)} to ${candidate.high.toFixed(3)}`,
    formatPercent(candidate.retained),
    formatBytes(candidate.fileBytes),
    candidate.latencyMs === null ? '-' : `${candidate.latencyMs.toPrecision(3)} ms`,
    trainingText(candidate.forecast),
  ]);
  const mae = (value: number | null): string => (value === null ? 'not known' : value.toFixed(3));
  const trust =
    `Left-out datasets were missed by ${mae(error.mae)} Dice on average (${predictorWords(error.predictor)} [${error.predictor}], ${error.datasets} datasets, ${error.runs} runs); ` +
    `without complexity by ${mae(error.baselines.meanCurve)}, from size alone by ${mae(error.baselines.logParameters)}.`;
  const answer =
    choice.kind === 'chosen'
      ? `Choice: factor ${formatFactor(choice.alpha)}, ${choice.parameters.toLocaleString('en-GB')} parameters, predicted Dice ${choice.predicted.toFixed(3)}.`
      : `No network meets the limits: ${choice.binding.join('; ')}. Nearest: factor ${formatFactor(choice.nearest.alpha)}. ${choice.advice}`;
  return [
    table(['  factor', 'parameters', 'Dice', 'interval', 'retained', 'file', 'one image', 'training'], rows),
    trust,
    ...trustInShare(error.retained),
    ...result.warnings.map((warning) => `warning: ${warning}`),
    answer,
  ].join('\n');
}

/** Nothing where no calibrated dataset has a trained full network, or the prediction is older than this error. */
function trustInShare(retained: PredictionError['retained']): string[] {
  if (!retained || retained.mae === null) return [];
  const points = (value: number | null): string => (value === null ? 'not known' : formatPoints(value));
  return [
    `Their retained share was missed by ${formatPoints(retained.mae)} (${retained.datasets} with a trained full network); ` +
      `without complexity by ${points(retained.baselines.meanCurve)}, from size alone by ${points(retained.baselines.logParameters)}.`,
  ];
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
