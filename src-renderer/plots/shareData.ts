import { candidatesTable } from '../state/tables/candidatesTable.ts';
import { formatFactor } from '#common/network/formatFactor.ts';
import { counted, formatCount, formatDice, formatPercent } from '#common/format.ts';
import { fullDice, type CurvePoint } from '#common/calibration/measuredCurve.ts';
import type { Candidate } from '#common/prediction/prediction.ts';
import type { AccuracyData, AccuracyPoint, AccuracySources } from './accuracySeries.ts';

/**
 * Accuracy as a share of the full network's: predictions by the predicted full network, every measured curve by its own measured one.
 * Curves without a trained full network have no share and are left out, which the note says.
 */
export function shareData({ candidates, curves, own }: AccuracySources): AccuracyData {
  const others = curves.flatMap(({ fingerprint, dataset, points }) => {
    const full = fullDice(points);
    return full === null ? [] : [{ fingerprint, points: points.map((point) => share(point, full, dataset)) }];
  });
  const ownFull = fullDice(own);
  return {
    title: 'Predicted share by size',
    axis: 'share of the full accuracy (%)',
    predicted: candidates.map((candidate) => {
      const { alpha, parameters, retained, retainedLow, predicted } = candidate;
      const high = retainedHigh(candidate);
      return {
        alpha,
        parameters,
        value: retained,
        low: retainedLow,
        high,
        lines: [
          `Keeps ${formatPercent(retained)} of the full accuracy`,
          alpha === 1 ? 'The full network itself' : `90 % interval ${range(retainedLow, high)}`,
          `Factor ${formatFactor(alpha)}, ${formatCount(parameters)} parameters`,
          `Predicted Dice ${formatDice(predicted)}`,
        ],
      };
    }),
    others,
    own: ownFull === null ? [] : own.map((point) => share(point, ownFull, 'Measured here')),
    note: note(curves.length, curves.length - others.length, own.length > 0 && ownFull === null),
    table: {
      columns: ['Factor', 'Parameters', 'Share kept', 'From', 'To', 'Predicted Dice'],
      rows: candidates.map((one) => [
        formatFactor(one.alpha),
        formatCount(one.parameters),
        formatPercent(one.retained),
        formatPercent(one.retainedLow),
        formatPercent(retainedHigh(one)),
        formatDice(one.predicted),
      ]),
      data: candidatesTable(candidates),
    },
  };
}

/** Older predictions were stored without it; the interval reaches as far up as down. */
function retainedHigh({ retained, retainedLow, retainedHigh: high }: Candidate): number {
  return high ?? 2 * retained - retainedLow;
}

function range(low: number, high: number): string {
  return `${formatPercent(low)} to ${formatPercent(high)}`;
}

function share(point: CurvePoint, full: number, whose: string): AccuracyPoint {
  return {
    ...point,
    value: point.dice / full,
    lines: [
      whose,
      `Kept ${formatPercent(point.dice / full)} of the full accuracy`,
      `Dice ${formatDice(point.dice)} of ${formatDice(full)}`,
      `Factor ${formatFactor(point.alpha)}`,
    ],
  };
}

function note(datasets: number, leftOut: number, ownLeftOut: boolean): string {
  return [
    'Every measured curve is divided by the Dice of its own full network.',
    ...(leftOut > 0
      ? [
          `${leftOut} of ${counted(datasets, 'calibrated dataset')} ${leftOut === 1 ? 'is' : 'are'} left out: the full network was not trained there.`,
        ]
      : []),
    ...(ownLeftOut
      ? ['What was measured here is not shown: the full network was not trained on these images.']
      : []),
  ].join(' ');
}
