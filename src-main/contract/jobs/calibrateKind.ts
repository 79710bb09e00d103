import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import { z } from 'zod';
import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import { foldSchema } from '#common/dataset/fold.ts';
import { MOST_FOLDS } from '#common/dataset/foldsOf.ts';
import { jobKind, optionalWrittenPath } from './jobKind.ts';
import { datasetId, seed, sizes, training } from './requestFields.ts';

export interface CalibrateResult {
  readonly trained: number;
  /** Runs that were stored already. */
  readonly skipped: number;
  /** Runs that were not stored when the job began. */
  readonly planned: number;
  /** What the trainings were expected to take together; null when there was nothing to train. */
  readonly forecast: TrainingForecast | null;
  readonly runs: readonly {
    readonly dataset: string;
    readonly alpha: number;
    readonly seed: number;
    /** "1/3"; empty for the dataset's own split. */
    readonly fold: string;
    readonly parameters: number;
    readonly testDice: number;
    readonly learnt: boolean;
    readonly seconds: number;
    /** The device that computed it, with its version. */
    readonly engine: string;
  }[];
}

/** A word of an option of Slurm: nothing that a shell or Slurm reads anything else into. */
const slurmWord = z.string().regex(/^[\w.,:@+-]{1,100}$/, 'is no word that Slurm takes');

/** A cluster of Slurm, and what is asked of it for every training. */
export const slurmSchema = z.object({
  kind: z.literal('slurm'),
  partition: slurmWord.optional(),
  gpus: z.number().int().min(0).max(64).optional(),
  /** Time limit of each training in Slurm's words: "2:00:00". */
  time: slurmWord.optional(),
  /** Copy the images into the sweep's folder, for nodes that do not see where they lie. */
  pack: z.boolean().optional(),
  /** Seconds between two looks at the cluster. */
  every: z.number().min(0.2).max(3600).optional(),
});

export const calibrateKind = jobKind<CalibrateResult>()({
  kind: 'calibrate',
  fields: {
    datasets: z.array(datasetId).min(1),
    ...sizes,
    seeds: z.array(seed).min(1).max(64),
    /** Folds of each dataset; its own split alone if absent. */
    folds: z.array(foldSchema).min(1).max(MOST_FOLDS).optional(),
    ...training,
    /** Beside a card the cores train, too: each training where the whole sweep ends soonest, by steps that are timed on both. Means nothing on the processor alone. */
    withCores: z.boolean().optional(),
    /** Most trainings side by side on this machine's processor; null or absent: as many as make it faster. */
    parallel: z.number().int().min(1).max(256).nullable().optional(),
    /** Most bytes that trainings side by side take together; null or absent: what is free. */
    memory: z
      .number()
      .positive()
      .max(2 ** 50)
      .nullable()
      .optional(),
    /** Where the trainings run, when it is not this machine. */
    executor: slurmSchema.optional(),
    /** Only plan and foretell. */
    dryRun: z.boolean().optional(),
  },
  paths: {
    /** Where the tasks of a sweep on a cluster are written; beside the project if absent. */
    sweepFolder: optionalWrittenPath,
  },
  title: ({ family, datasets, dryRun }, nameOf) =>
    `${dryRun ? 'Foretell time and memory of' : 'Calibrate'} ${FAMILY_WORDS[family].plain} on ${datasets.map(nameOf).join(', ')}`,
  lane: 'compute',
  reads: 'images',
  writes: true,
});
