/**
 * How well accuracy on unseen datasets is predicted: leave-one-dataset-out errors of every predictor on the pilot's published numbers,
 * or on a calibration library, without and with one and two probes.
 *
 *   node bench/prediction.ts [--library FILE]
 */
import { parseArgs } from 'node:util';
import { formatFactor } from '#common/network/factor.ts';
import type { CalibrationPoint } from '../src-main/prediction/points/calibrationPoints.ts';
import { crossValidate } from '../src-main/prediction/uncertainty/crossValidate.ts';
import { knotsOf } from '../src-main/prediction/points/sizeAxis.ts';
import { probeBenefit } from '../src-main/prediction/uncertainty/probeBenefit.ts';
import { PREDICTORS } from '../src-main/prediction/predictors/predictors.ts';
import { selectPredictor } from '../src-main/prediction/uncertainty/selectPredictor.ts';
import { libraryPoints } from './prediction/libraryPoints.ts';
import { nestedError } from './prediction/nestedError.ts';
import { pilotPoints } from './prediction/pilotPoints.ts';

const BASELINES = 2;

const { values } = parseArgs({ options: { library: { type: 'string' } } });
const sets =
  values.library === undefined ? new Map([['pilot', pilotPoints()]]) : libraryPoints(values.library);
for (const [name, points] of sets) study(name, points);

function study(name: string, points: readonly CalibrationPoint[]): void {
  const datasets = new Set(points.map(({ dataset }) => dataset)).size;
  console.log(`\n${name}: ${datasets} datasets, ${points.length} points`);
  if (datasets < 3) {
    console.log('Leave-one-dataset-out needs three datasets.');
    return;
  }
  const validation = crossValidate(points);
  const [first] = validation.errors;
  const sizes = first?.perSize.map(({ log2Alpha }) => formatFactor(2 ** log2Alpha)) ?? [];
  console.log(
    '\nMean absolute error on unseen datasets, in Dice (retained: share of the base accuracy); * baseline',
  );
  row('', ['Dice', 'retained', ...sizes]);
  validation.errors.forEach(({ predictor, mae, maeRetained, perSize }, i) =>
    row(`${i < BASELINES ? '*' : ' '} ${predictor}`, [mae, maeRetained, ...perSize.map((size) => size.mae)]),
  );
  console.log(`selected: ${selectPredictor(validation)}`);
  if (datasets > 3) {
    const nested = nestedError(points);
    console.log(
      `selection included: Dice ${nested.mae.toFixed(4)}, retained ${nested.maeRetained.toFixed(4)} (${nested.selected.join(', ')})`,
    );
  }
  const narrowest = knotsOf(points);
  for (const probed of [narrowest.slice(0, 1), narrowest.slice(0, 2)]) {
    if (probed.length >= sizes.length) continue;
    const names = probed.map((log2Alpha) => formatFactor(2 ** log2Alpha)).join(' and ');
    console.log(`\nWith the measured accuracy at ${names} as probe, at the other sizes, in Dice`);
    row('', ['without', 'with']);
    probeBenefit(points, probed, PREDICTORS).forEach(({ predictor, without, with: aided }, i) =>
      row(`${i < BASELINES ? '*' : ' '} ${predictor}`, [without, aided]),
    );
  }
}

function row(label: string, cells: readonly (string | number | null)[]): void {
  const text = cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(4) : (cell ?? '-')).padStart(9));
  console.log(`${label.padEnd(18)}${text.join('')}`);
}
