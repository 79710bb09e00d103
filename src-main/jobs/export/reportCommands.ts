import { canonicalJson } from '#common/canonicalJson.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { shellWord } from '#common/shellWord.ts';
import { offeredCandidates } from '#common/prediction/offeredCandidates.ts';
import { formatFactor } from '#common/network/factor.ts';
import { foldText } from '#common/dataset/foldText.ts';
import { SPLIT_NAMES } from '#common/dataset/splits.ts';
import { groupingText } from '#common/dataset/groupSamples.ts';
import { PLAIN_READING, valueName } from '#common/dataset/readMaskValue.ts';
import type { MaskRule, SliceChoice } from '#common/dataset/reading.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { RECIPE_OPTIONS } from '#common/training/recipeOptions.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { ImageRecord } from '../../project/records/images.ts';
import type { PredictionRecord } from '../../project/records/predictions.ts';

/** What a report's work rests on. */
export interface ReportedWork {
  readonly dataset: DatasetRecord;
  /** All its images, also those that were left out. */
  readonly images: readonly Pick<ImageRecord, 'name' | 'split' | 'dealtSplit' | 'excluded'>[];
  readonly prediction: PredictionRecord;
  /** Runs on other datasets, each with where it came from. */
  readonly calibration: readonly {
    readonly origin: 'own' | 'starter' | 'imported';
    readonly run: CalibrationRun;
  }[];
  /** Runs on the dataset itself. */
  readonly probes: readonly CalibrationRun[];
  /** How the chosen network was trained; null where none was. */
  readonly trained: { readonly recipe: TrainingRecipe; readonly seed: number } | null;
}

const PROJECT = '--project lab.ccnet';

/**
 * The commands that repeat a report's work, in their order, without any path of the user's disk: in place of these stand words in capital
 * letters.
 */
export function reportCommands({
  dataset,
  images,
  prediction,
  calibration,
  probes,
  trained,
}: ReportedWork): string[] {
  const { network, limits } = prediction;
  const name = shellWord(dataset.name, 'NAME');
  const base = `--network ${network.family} --width ${network.width}`;
  const goals = [
    limits.retain !== undefined && `--retain ${limits.retain}`,
    limits.minDice !== undefined && `--min-dice ${limits.minDice}`,
    limits.maxParameters !== undefined && `--max-params ${limits.maxParameters}`,
    limits.maxBytes !== undefined && `--max-bytes ${limits.maxBytes}`,
    limits.maxLatencyMs !== undefined && `--max-latency-ms ${limits.maxLatencyMs}`,
    limits.maxMemory !== undefined && `--max-memory ${limits.maxMemory}`,
    limits.safe && '--safe',
  ].filter((goal) => goal !== false);
  const asked = list(offeredCandidates(prediction.prediction.candidates).map(({ alpha }) => alpha));
  const question = [name, base, asked, ...goals].join(' ');
  const { workingSide } = prediction.prediction;
  const side = workingSide === DEFAULT_RECIPE.workingSide ? [] : [`--working-side ${workingSide}`];
  const dealt = [
    dataset.splitMode === 'ordered' ? ' --split ordered' : '',
    groups(dataset),
    reading(dataset),
  ].join('');
  const own = calibration.flatMap(({ origin, run }) => (origin === 'own' ? [run] : []));
  const others = [...new Set(own.map((run) => shellWord(run.datasetName, 'OTHER')))];
  return [
    `ccnet dataset add FOLDER --name ${name}${dealt} ${PROJECT}`,
    ...editCommands(name, images),
    ...(calibration.some(({ origin }) => origin === 'starter')
      ? [`ccnet library import starter ${PROJECT}`]
      : []),
    ...(calibration.some(({ origin }) => origin === 'imported')
      ? [`ccnet library import LIBRARY.json ${PROJECT}`]
      : []),
    ...others.map((other) => `ccnet dataset add OTHER_FOLDER --name ${other} ${PROJECT}`),
    ...calibrateCommands(others, base, own),
    ...calibrateCommands([name], base, probes),
    ['ccnet predict', question, ...side, PROJECT].join(' '),
    ...(trained
      ? [
          [
            'ccnet compress',
            question,
            ...recipeOptions({ ...trained.recipe, workingSide }),
            `--seed ${trained.seed} --out DIR`,
            PROJECT,
          ].join(' '),
        ]
      : []),
  ];
}

/** Moves images and leaves them out as it was done after the dataset was added; in that order, so that one that is left out moves too. */
function editCommands(dataset: string, images: ReportedWork['images']): string[] {
  const named = (some: ReportedWork['images']): string =>
    some.map(({ name }) => shellWord(name, 'IMAGE')).join(' ');
  const moved = images.filter(({ split, dealtSplit }) => dealtSplit !== null && dealtSplit !== split);
  const left = images.filter(({ excluded }) => excluded !== null);
  return [
    ...[...Map.groupBy(moved, ({ split }) => split)].map(
      ([split, some]) => `ccnet dataset move ${dataset} ${named(some)} --to ${SPLIT_NAMES[split]} ${PROJECT}`,
    ),
    ...[...Map.groupBy(left, ({ excluded }) => excluded ?? '')].map(
      ([reason, some]) =>
        `ccnet dataset exclude ${dataset} ${named(some)} --reason ${shellWord(reason, 'REASON')} ${PROJECT}`,
    ),
  ];
}

/** Repeats the trainings of some runs, by the recipe of the first of them. */
function calibrateCommands(
  names: readonly string[],
  base: string,
  runs: readonly CalibrationRun[],
): string[] {
  const [first] = runs;
  if (!first) return [];
  const sizes = new Set(runs.map(({ network }) => network.factor));
  const seeds = new Set(runs.map((run) => run.seed)).size;
  const words = [
    'ccnet calibrate',
    ...names,
    base,
    list([...sizes].sort((a, b) => b - a)),
    `--seeds ${seeds}`,
    ...folds(runs),
  ];
  return [[...words, ...recipeOptions(first.recipe), PROJECT].join(' ')];
}

/** Runs of folds: all of them, or the one that was trained. */
function folds(runs: readonly CalibrationRun[]): string[] {
  const trained = [...new Set(runs.map(({ fold }) => foldText(fold)))].filter((fold) => fold !== '');
  const [first] = trained;
  if (first === undefined) return [];
  return [`--folds ${trained.length === 1 ? first : (first.split('/')[1] ?? first)}`];
}

/** Which images belong together: another grouping is another split. */
function groups({ grouping }: DatasetRecord): string {
  if (!grouping) return '';
  return ` --groups ${grouping.by === 'table' ? 'GROUPS.csv' : shellWord(groupingText(grouping), 'RULE')}`;
}

/** Which files, slices and masks were taken, and how they were read, where that was not as usual. */
function reading({
  reading: { channel, axis, window, planes, masks, selection = {} },
}: DatasetRecord): string {
  const { masksFrom, slices, pairedByHand } = selection;
  const chosen = [
    ...(pairedByHand ? [' --pairs PAIRS.csv'] : []),
    ...(masksFrom === undefined ? [] : [` --masks ${shellWord(masksFrom, 'MASKS')}`]),
    ...(slices === undefined ? [] : [` --slices ${slicesText(slices)}`]),
  ];
  const images = [
    ...(channel > 0 ? [` --image-channel ${channel + 1}`] : []),
    ...(axis === undefined ? [] : [` --axis ${axis}`]),
    ...(planes === undefined ? [] : [` --planes ${planes === 'max' ? planes : planes + 1}`]),
    ...(window === undefined
      ? []
      : [` --window ${window === 'file' ? window : `"${window.centre},${window.width}"`}`]),
  ];
  return [...chosen, ...images, maskOptions(masks)].join('');
}

/** As `--slices` takes it; `marked` is given by itself. */
function slicesText({ from, to, every, marked }: SliceChoice): string {
  if (marked) return 'marked';
  const range = from === undefined || to === undefined ? '' : `${from}-${to}`;
  return `${range}${every === undefined ? '' : `/${every}`}`;
}

function maskOptions(masks: MaskRule): string {
  if (canonicalJson(masks) === canonicalJson(PLAIN_READING.masks)) return '';
  const value = (stored: number): string => shellWord(valueName(stored, masks.space), 'VALUE');
  if (masks.names) {
    const chosen = masks.foreground?.map((stored) => masks.names?.[stored - 1] ?? String(stored));
    return [
      ...(chosen ? [` --classes ${shellWord(chosen.join(','), 'LIST')}`] : []),
      ...(masks.ignored === null ? [' --ignore none'] : []),
      ...(masks.inverted ? [' --invert'] : []),
    ].join('');
  }
  return [
    ` --background ${value(masks.background)}`,
    ` --ignore ${masks.ignored === null ? 'none' : value(masks.ignored)}`,
    ...(masks.foreground
      ? [
          ` --classes ${shellWord(masks.foreground.map((stored) => valueName(stored, masks.space)).join(','), 'LIST')}`,
        ]
      : []),
    ...(masks.inverted ? [' --invert'] : []),
  ].join('');
}

const list = (alphas: readonly number[]): string =>
  `--alphas ${shellWord(alphas.map(formatFactor).join(','), 'LIST')}`;

/** Options for what differs from the usual recipe. */
function recipeOptions(recipe: TrainingRecipe): string[] {
  return Object.entries(RECIPE_OPTIONS).flatMap(([field, option]) => {
    const value = recipe[field as keyof typeof RECIPE_OPTIONS];
    return value === DEFAULT_RECIPE[field as keyof typeof RECIPE_OPTIONS] ? [] : [`--${option} ${value}`];
  });
}
