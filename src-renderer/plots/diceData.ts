import { candidatesTable } from '../state/tables/candidatesTable.ts';
import { formatFactor } from '#common/network/formatFactor.ts';
import { formatCount, formatDice, formatPercent } from '#common/format.ts';
import type { AccuracyData, AccuracySources } from './accuracySeries.ts';

/** Accuracy as Dice. */
export function diceData({ candidates, curves, own }: AccuracySources): AccuracyData {
  return {
    title: 'Predicted Dice by size',
    axis: 'accuracy (Dice)',
    predicted: candidates.map(({ alpha, parameters, predicted, low, high, retained }) => ({
      alpha,
      parameters,
      value: predicted,
      low,
      high: Math.min(1, high),
      lines: [
        `Predicted Dice ${formatDice(predicted)}`,
        `90 % interval ${formatDice(low)} to ${formatDice(Math.min(1, high))}`,
        `Factor ${formatFactor(alpha)}, ${formatCount(parameters)} parameters`,
        `Keeps ${formatPercent(retained)} of the full network`,
      ],
    })),
    others: curves.map(({ fingerprint, dataset, points }) => ({
      fingerprint,
      points: points.map((point) => ({
        ...point,
        value: point.dice,
        lines: [dataset, `Measured Dice ${formatDice(point.dice)}`, `Factor ${formatFactor(point.alpha)}`],
      })),
    })),
    own: own.map((point) => ({
      ...point,
      value: point.dice,
      lines: [`Measured here: Dice ${formatDice(point.dice)}`, `Factor ${formatFactor(point.alpha)}`],
    })),
    note: 'How accurate a network becomes on new images is hard to foretell; the share that a smaller one keeps is usually known better.',
    table: {
      columns: ['Factor', 'Parameters', 'Predicted Dice', 'From', 'To', 'Retained'],
      rows: candidates.map((one) => [
        formatFactor(one.alpha),
        formatCount(one.parameters),
        formatDice(one.predicted),
        formatDice(one.low),
        formatDice(Math.min(1, one.high)),
        formatPercent(one.retained),
      ]),
      data: candidatesTable(candidates),
    },
  };
}
