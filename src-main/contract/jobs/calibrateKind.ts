import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import { z } from 'zod';
import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import { foldSchema, MOST_FOLDS } from '#common/dataset/fold.ts';
import { jobKind } from './jobKind.ts';
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
  }[];
}

export const calibrateKind = jobKind<CalibrateResult>()({
  kind: 'calibrate',
  fields: {
    datasets: z.array(datasetId).min(1),
    ...sizes,
    seeds: z.array(seed).min(1).max(64),
    /** Folds of each dataset; its own split alone if absent. */
    folds: z.array(foldSchema).min(1).max(MOST_FOLDS).optional(),
    ...training,
    /** Most trainings side by side on this machine; null or absent: as many as make it faster. */
    parallel: z.number().int().min(1).max(256).nullable().optional(),
    /** Most bytes that trainings side by side take together; null or absent: what is free. */
    memory: z
      .number()
      .positive()
      .max(2 ** 50)
      .nullable()
      .optional(),
    /** Only plan and foretell. */
    dryRun: z.boolean().optional(),
  },
  paths: {},
  title: ({ family, datasets, dryRun }, nameOf) =>
    `${dryRun ? 'Foretell time and memory of' : 'Calibrate'} ${FAMILY_WORDS[family].plain} on ${datasets.map(nameOf).join(', ')}`,
  lane: 'compute',
  reads: 'images',
  writes: true,
});
