import { resolve } from 'node:path';
import { z } from 'zod';
import { type Fold, foldSchema } from '#common/dataset/fold.ts';
import { foldsOf, MOST_FOLDS } from '#common/dataset/foldsOf.ts';
import { CcnetError } from '#common/errors.ts';
import { formatFactor } from '#common/network/factor.ts';
import { forecastWords } from '#common/training/trainingForecast.ts';
import { counted, formatDice, formatDuration } from '#common/format.ts';
import type { Command } from '../command.ts';
import { NETWORK, PROJECT, TRAINING } from '../optionSpecs.ts';
import {
  alphasOption,
  checked,
  deviceOption,
  familyOf,
  numberOption,
  type Options,
  recipeOption,
  textOption,
  widthOption,
  wordOption,
} from '../readOptions.ts';
import { slurmSchema } from '#contract/jobs/calibrateKind.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { provideNodeProgram } from '../../jobs/cluster/nodeProgram.ts';
import { runJob } from '../runJob.ts';
import { table } from '../table.ts';

/** `--folds`: 3 for all of three, 2/3 for the second of them. */
function foldsOption(options: Options): Fold[] | undefined {
  const text = textOption(options, 'folds');
  if (text === undefined) return undefined;
  const one = /^(\d+)\/(\d+)$/.exec(text);
  if (one) return [checked(foldSchema, { number: Number(one[1]), of: Number(one[2]) }, () => '--folds')];
  const of = checked(
    z.number().int().min(2).max(MOST_FOLDS),
    numberOption(options, 'folds'),
    () => '--folds',
  );
  return foldsOf(of);
}

/** How much of this machine the sweep may have. */
function limitsOfMachine(options: Options): { parallel: number | null; memory: number | null } {
  const parallel = numberOption(options, 'parallel') ?? null;
  const memory = numberOption(options, 'memory') ?? null;
  return {
    parallel: checked(z.number().int().min(1).max(256).nullable(), parallel, () => '--parallel'),
    memory: checked(
      z
        .number()
        .positive()
        .max(2 ** 50)
        .nullable(),
      memory,
      () => '--memory',
    ),
  };
}

/** Whether the cores train beside the card. */
function withCoresOption(options: Options): boolean {
  if (options['with-cores'] !== true) return false;
  const here = wordOption(options, 'executor', EXECUTORS, 'here') === 'here';
  if (!here || deviceOption(options).device === 'native')
    throw new CcnetError('option-of-card', { option: 'with-cores' });
  return true;
}

const EXECUTORS = ['here', 'slurm'] as const;
const OF_CLUSTER = ['partition', 'gpus', 'time', 'sweep-folder', 'pack', 'program'] as const;

/** What is asked of a cluster; nothing where the sweep runs here. */
function clusterOptions(options: Options): Pick<RequestOf<'calibrate'>, 'executor' | 'sweepFolder'> {
  if (wordOption(options, 'executor', EXECUTORS, 'here') === 'here') {
    const given = OF_CLUSTER.find((name) => options[name] !== undefined);
    if (given !== undefined) throw new CcnetError('option-of-executor', { option: given, executor: 'slurm' });
    return {};
  }
  const program = textOption(options, 'program');
  if (program !== undefined) provideNodeProgram(program.split(' ').filter(Boolean));
  const folder = textOption(options, 'sweep-folder');
  const asked = {
    kind: 'slurm',
    partition: textOption(options, 'partition'),
    gpus: numberOption(options, 'gpus'),
    time: textOption(options, 'time'),
    pack: options['pack'] === true,
  };
  return {
    executor: checked(slurmSchema, asked, (field) => `--${field}`),
    ...(folder !== undefined && { sweepFolder: resolve(folder) }),
  };
}

export const calibrate: Command = {
  name: 'calibrate',
  positionals: 'NAME...',
  summary:
    'Trains every factor on the named datasets and stores the test accuracy, from which other datasets are predicted. Stored runs are skipped; an interrupted sweep continues.',
  options: {
    ...PROJECT,
    ...NETWORK,
    seeds: { value: 'N', help: 'trainings of each size, with seeds 1 to N', default: '1' },
    folds: {
      value: 'N',
      help: 'cut each dataset into N blocks, train N times and test each image once; 2/3: only the second of three',
    },
    ...TRAINING,
    'with-cores': {
      help: 'with --device webgpu or tensorflow: the cores train, too; each network where the sweep ends soonest, by steps timed on both',
    },
    parallel: {
      value: 'N',
      help: 'trainings side by side on the processor, each in a process of its own; 1: one after the other',
      default: 'as many as make it faster here',
    },
    memory: {
      value: 'BYTES',
      help: 'most memory of all trainings together; k, M and G may be used',
      default: 'what is free',
    },
    executor: {
      value: 'NAME',
      help: `where the trainings run: ${EXECUTORS.join(', ')}; slurm submits them as a job array and follows it`,
      default: 'here',
    },
    partition: { value: 'NAME', help: 'on a cluster: its partition' },
    gpus: { value: 'N', help: 'on a cluster: GPUs of each training, with --device' },
    time: { value: 'TIME', help: 'on a cluster: time limit of each training, such as 2:00:00' },
    'sweep-folder': {
      value: 'DIR',
      help: 'on a cluster: where the tasks are written, which every node must see',
      default: 'beside the project',
    },
    pack: {
      help: 'on a cluster: copy the images into that folder, for nodes that do not see where they lie',
    },
    program: {
      value: 'WORDS',
      help: 'on a cluster: how a node starts ccnet, words separated by spaces',
      default: 'as here',
    },
    'dry-run': {
      help: 'only say how many networks would be trained, how long that takes and how much memory',
    },
  },
  example: 'ccnet calibrate cells vessels --network unet --width 16 --seeds 1 --project lab.ccnet',
  run: async (invocation) => {
    const { options, positionals } = invocation;
    if (positionals.length === 0) throw new CcnetError('no-dataset-named', {});
    const seeds = checked(
      z.number().int().min(1).max(64),
      numberOption(options, 'seeds') ?? 1,
      () => '--seeds',
    );
    const folds = foldsOption(options);
    const sweep = {
      family: familyOf(textOption(options, 'network')),
      width: widthOption(options),
      alphas: alphasOption(options),
      seeds: Array.from({ length: seeds }, (_, i) => i + 1),
      ...(folds && { folds }),
      recipe: recipeOption(options),
      ...deviceOption(options),
      withCores: withCoresOption(options),
      ...limitsOfMachine(options),
      ...clusterOptions(options),
      dryRun: options['dry-run'] === true,
    };
    const json = await runJob('calibrate', invocation, ({ datasets }) => ({
      ...sweep,
      datasets: [...new Set(positionals.map((name) => datasets.named(name).id))],
    }));
    if (options['dry-run'] === true) {
      const takes = json.forecast ? `; takes ${forecastWords(json.forecast)}` : '';
      return {
        json,
        text: `${counted(json.planned, 'network')} to train, ${json.skipped} stored already${takes}.`,
      };
    }
    const devices = options['with-cores'] === true;
    const rows = json.runs.map((run) => [
      run.dataset,
      formatFactor(run.alpha),
      String(run.seed),
      ...(folds ? [run.fold] : []),
      run.parameters.toLocaleString('en-GB'),
      run.learnt ? formatDice(run.testDice) : `${formatDice(run.testDice)} (not learnt)`,
      formatDuration(run.seconds),
      ...(devices ? [run.engine] : []),
    ]);
    const head = `${counted(json.trained, 'network')} trained, ${json.skipped} stored already.`;
    const columns = [
      'dataset',
      'factor',
      'seed',
      ...(folds ? ['fold'] : []),
      'parameters',
      'test Dice',
      'time',
    ];
    return { json, text: `${head}\n${table([...columns, ...(devices ? ['computed by'] : [])], rows)}` };
  },
};
