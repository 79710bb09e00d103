/**
 * How well accuracy on unseen datasets is predicted, on the 38 datasets of the study or on a calibration library: errors of every explanation
 * when one dataset after the other is left out, and then the product's whole way (selection and intervals included) with the
 * choice that it would have made.
 *
 *   node bench/prediction.ts [--library FILE] [--base 16] [--retain 0.95]
 */
import { parseArgs } from 'node:util';
import { mean } from '#common/statistics/mean.ts';
import { median } from '#common/statistics/median.ts';
import type { DatasetCurve } from '../src-main/prediction/curves/datasetCurve.ts';
import { EXPLANATIONS, featuresNeeded } from '../src-main/prediction/curves/explanation.ts';
import { sharedFeatures } from '../src-main/prediction/points/measureScale.ts';
import { leaveOneOut, onOwn, type LeftOutErrors } from '../src-main/prediction/validation/leaveOneOut.ts';
import { diceError, retainedError } from '../src-main/prediction/validation/validatePredictor.ts';
import {
  leftOutPredictions,
  type LeftOutDataset,
  type LeftOutSize,
} from './prediction/leftOutPredictions.ts';
import { libraryCurves } from './prediction/libraryCurves.ts';
import { studyCurves } from './prediction/studyCurves.ts';

const PROBES = [[], [2], [4], [2, 4]];
/** A dataset whose widest network stays below is hopeless by this recipe: its retained accuracy is noise. */
const HOPELESS = 0.3;

const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    base: { type: 'string', default: '16' },
    retain: { type: 'string', default: '0.95' },
  },
});
const base = Number(values.base);
const goal = Number(values.retain);
const sets =
  values.library === undefined ? new Map([['study', studyCurves()]]) : libraryCurves(values.library);
/** Of the network with the most datasets; it stands in for the others where these were not trained. */
const largest = [...sets.values()].reduce((a, b) => (b.length > a.length ? b : a));
for (const [name, curves] of sets) await study(name, curves, curves === largest ? [] : largest);

async function study(
  name: string,
  all: readonly DatasetCurve[],
  others: readonly DatasetCurve[],
): Promise<void> {
  const ofWidths = (curve: DatasetCurve): DatasetCurve => ({
    ...curve,
    sizes: curve.sizes.filter(({ width }) => width >= 2 && width <= Math.max(16, base)),
  });
  const [curves, lent] = [all.map(ofWidths), others.map(ofWidths)];
  console.log(`\n${name}: ${curves.length} datasets`);
  if (curves.length < 4) {
    console.log('Leave-one-dataset-out needs four datasets.');
    return;
  }
  const shared = sharedFeatures(curves.map(({ features }) => features));
  const explanations = EXPLANATIONS.filter((explanation) =>
    featuresNeeded(explanation).every((feature) => shared.includes(feature)),
  );
  console.log(
    '\nMean absolute error of Dice (of retained accuracy) on left-out datasets, widths 2 and more, by explanation',
  );
  row('', PROBES.map(probesNamed));
  const columns: LeftOutErrors[][] = [];
  for (const probed of PROBES) {
    const errors = await leaveOneOut(curves, explanations, { reference: base, probed, lent });
    columns.push(errors.map((one) => onOwn(one, curves)));
  }
  explanations.forEach(({ name: explanation }, i) =>
    row(
      explanation,
      columns.map((errors) => {
        const one = errors[i];
        return one ? `${diceError(one).toFixed(3)} (${retainedError(one)?.toFixed(3) ?? '-'})` : '-';
      }),
    ),
  );
  console.log(
    `\nThe product's own way, nothing of the left-out dataset known but its images and probes; goal ${goal}`,
  );
  row('', [
    'Dice',
    'Dice *',
    'retained *',
    'runs in 90 %',
    'half width',
    'half width *',
    'goal held *',
    'size',
    'safe',
    'size',
  ]);
  let unaided: LeftOutDataset[] = [];
  for (const probed of PROBES) {
    const predictions = await leftOutPredictions(curves, base, { widths: probed }, lent);
    if (probed.length === 0) unaided = predictions;
    row(probesNamed(probed), summary(predictions));
  }
  const advised = await leftOutPredictions(curves, base, { advisedFor: goal }, lent);
  row('probe as advised', summary(advised));
  const probedWidths = advised.flatMap(({ sizes }) => sizes.filter(({ probed }) => probed));
  console.log(
    `A probe is advised for ${probedWidths.length} of ${advised.length} datasets, at widths ${[2, 4, 8, 16]
      .map((width) => `${width}: ${probedWidths.filter(({ measured }) => measured.width === width).length}`)
      .join(', ')}.`,
  );
  console.log(
    `* over datasets whose network of width ${base} exceeds Dice ${HOPELESS}. "Held": the chosen network keeps ${goal} less .02. "Size": mean square of its width over that of width ${base / 2}.`,
  );
  console.log('\nWithout probes, dataset by dataset');
  row('', ['predictor', 'chosen', 'predicted', 'retained', 'safe', 'retained']);
  for (const one of unaided) {
    const [likely, safe] = [chosen(one, 'likely'), chosen(one, 'sure')];
    row(one.curve.name.slice(0, 24), [
      one.predictor.slice(0, 14),
      String(likely?.measured.width ?? '-'),
      likely?.retained.retained.toFixed(3) ?? '-',
      share(one, likely)?.toFixed(3) ?? '-',
      String(safe?.measured.width ?? '-'),
      share(one, safe)?.toFixed(3) ?? '-',
    ]);
  }
}

function summary(all: readonly LeftOutDataset[]): string[] {
  const hopeful = all.filter(({ sizes }) => (sizes.at(-1)?.measured.dice ?? 0) >= HOPELESS);
  const unseen = (of: readonly LeftOutDataset[]): LeftOutSize[] =>
    of.flatMap(({ sizes }) => sizes.filter(({ probed }) => !probed));
  const error = ({ measured, predicted }: LeftOutSize): number =>
    Math.abs(measured.dice - predicted.predicted);
  const inside = ({ measured: { each }, predicted: { low, high } }: LeftOutSize): number[] =>
    each.map((dice) => Number(low <= dice && dice <= high));
  const halfWidth = (of: readonly LeftOutDataset[]): number =>
    median(unseen(of).map(({ predicted }) => (predicted.high - predicted.low) / 2));
  const retained = hopeful.flatMap((one) =>
    one.sizes
      .filter(({ probed, measured }) => !probed && measured.width !== base)
      .flatMap((size) => {
        const measured = share(one, size);
        return measured === null ? [] : [Math.abs(measured - size.retained.retained)];
      }),
  );
  return [
    mean(unseen(all).map(error)).toFixed(3),
    mean(unseen(hopeful).map(error)).toFixed(3),
    mean(retained).toFixed(3),
    mean(unseen(all).flatMap(inside)).toFixed(3),
    halfWidth(all).toFixed(3),
    halfWidth(hopeful).toFixed(3),
    ...held(hopeful, 'likely'),
    ...held(hopeful, 'sure'),
  ];
}

function held(all: readonly LeftOutDataset[], bound: 'likely' | 'sure'): string[] {
  // A choice can be judged where the full network was trained.
  const choices = all
    .filter(({ sizes }) => sizes.some(({ measured }) => measured.width === base))
    .map((one) => ({ one, size: chosen(one, bound) }));
  const kept = choices.map(({ one, size }) => Number((share(one, size) ?? 0) >= goal - 0.02));
  const area = choices.map(({ size }) => (size?.measured.width ?? base) ** 2 / (base / 2) ** 2);
  return [mean(kept).toFixed(3), mean(area).toFixed(2)];
}

/** The smallest size that keeps the goal, by what is likely or by what is sure. */
function chosen({ sizes }: LeftOutDataset, bound: 'likely' | 'sure'): LeftOutSize | undefined {
  return sizes.find(({ retained, measured }) => measured.width === base || retained[bound] >= goal);
}

function share({ sizes }: LeftOutDataset, size: LeftOutSize | undefined): number | null {
  const full = sizes.find(({ measured }) => measured.width === base)?.measured.dice;
  return size && full ? size.measured.dice / full : null;
}

function probesNamed(probed: readonly number[]): string {
  return probed.length === 0 ? 'no probe' : `probe ${probed.join(', ')}`;
}

function row(label: string, cells: readonly string[]): void {
  console.log(`${label.padEnd(26)}${cells.map((cell) => cell.padStart(15)).join('')}`);
}
