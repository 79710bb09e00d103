import { counted, formatDice, formatPoints } from '../format.ts';
import type { AccuracyUnit } from './accuracyUnit.ts';
import type { PredictionError } from './prediction.ts';
import { predictorWords } from './predictorWords.ts';

export interface TrustWords {
  /** What was predicted. */
  readonly subject: string;
  /** Mean absolute error with its unit. */
  readonly error: string;
  /** Left out one after the other. */
  readonly datasets: number;
  readonly baselines: readonly { readonly predictor: string; readonly error: string }[];
}

/** The leave-one-dataset-out error in one unit, beside the baselines'; null where it is not known. */
export function trustWords(error: PredictionError, unit: AccuracyUnit): TrustWords | null {
  const told = unit === 'share' ? error.retained : error;
  if (!told || told.mae === null) return null;
  const words = unit === 'share' ? formatPoints : (value: number): string => `${formatDice(value)} Dice`;
  // Beside a sentence that names the unit in full.
  const short = (value: number): string => words(value).replace('percentage ', '');
  return {
    subject: unit === 'share' ? 'the share of full accuracy' : 'the Dice',
    error: words(told.mae),
    datasets: told.datasets,
    baselines: Object.entries(told.baselines).flatMap(([predictor, mae]) =>
      mae === null ? [] : [{ predictor, error: short(mae) }],
    ),
  };
}

/** How far to trust a prediction, in whole sentences: the same in the report and on the command line. */
export function trustSentences(error: PredictionError): string[] {
  const rests = `${counted(error.datasets, 'dataset')}, ${counted(error.runs, 'run')}`;
  const predictor = `${predictorWords(error.predictor)} [${error.predictor}]`;
  const dice = trustWords(error, 'dice');
  const share = trustWords(error, 'share');
  // All figures of a table rest on the same probes.
  const aided =
    error.withoutProbes === undefined
      ? ''
      : ` with probes as here, and by ${formatDice(error.withoutProbes)} Dice without`;
  return [
    dice
      ? `Left-out datasets were missed by ${dice.error} on average${aided} (${predictor}, ${rests})${baselineWords(dice)}.`
      : `Too few datasets to say how far off it may be (${predictor}, ${rests}).`,
    // Nothing where no calibrated dataset has a trained full network, or the prediction is older than this error.
    ...(share
      ? [
          `Their retained share was missed by ${share.error} (${share.datasets} with a trained full network)${baselineWords(share)}.`,
        ]
      : []),
    ...alikeWords(error),
  ];
}

/** The most datasets that are named. */
const MOST_NAMED = 3;

/** Which calibrated datasets are like this one, in a sentence; none where none is. */
export function alikeWords({ alike = [] }: PredictionError): string[] {
  if (alike.length === 0) return [];
  const named = alike.slice(0, MOST_NAMED).map(({ name, likeness }) => `${howAlike(likeness)} ${name}`);
  const more = alike.length > MOST_NAMED ? ` and ${alike.length - MOST_NAMED} more` : '';
  return [
    `By their measures your images are ${named.join(', ')}${more}: what was measured there counts for more.`,
  ];
}

function howAlike(likeness: number): string {
  if (likeness >= 0.6) return 'very much like';
  return likeness >= 0.3 ? 'much like' : 'a little like';
}

const WITHOUT: Readonly<Record<string, string>> = {
  meanCurve: 'without looking at the images by',
  logParameters: 'from size alone by',
};

function baselineWords({ baselines }: TrustWords): string {
  const words = baselines.map(
    ({ predictor, error }) => `${WITHOUT[predictor] ?? `by ${predictor}`} ${error}`,
  );
  return words.length === 0 ? '' : `; ${words.join(', ')}`;
}
