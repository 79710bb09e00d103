import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { shellWord } from '#common/shellWord.ts';
import { offeredCandidates } from '#common/prediction/offeredCandidates.ts';
import { formatFactor } from '#common/network/factor.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { PredictionRecord } from '../../project/records/predictions.ts';

/** The commands that repeat a report's work, without any path of the user's disk. */
export function reportCommands(
  dataset: DatasetRecord,
  prediction: PredictionRecord,
  calibration: readonly CalibrationRun[],
  trained: boolean,
): string[] {
  const { network, limits } = prediction;
  const name = shellWord(dataset.name, 'NAME');
  const project = '--project lab.ccnet';
  const base = `--network ${network.family} --width ${network.width}`;
  const list = (alphas: readonly number[]): string => `--alphas ${alphas.map(formatFactor).join(',')}`;
  const sizes = new Set(calibration.map(({ network }) => network.factor));
  const sets = [...new Set(calibration.map((run) => shellWord(run.datasetName, 'OTHER')))];
  const seeds = new Set(calibration.map((run) => run.seed)).size;
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
  const split = dataset.splitMode === 'ordered' ? ' --split ordered' : '';
  return [
    `ccnet dataset add FOLDER --name ${name}${split} ${project}`,
    ...(sets.length > 0
      ? [
          `ccnet calibrate ${sets.join(' ')} ${base} ${list([...sizes].sort((a, b) => b - a))} --seeds ${seeds} ${project}`,
        ]
      : []),
    `ccnet predict ${question} ${project}`,
    ...(trained ? [`ccnet compress ${question} --out DIR ${project}`] : []),
  ];
}
