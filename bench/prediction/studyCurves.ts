import { readFileSync } from 'node:fs';
import type { Complexity } from '#common/dataset/complexity.ts';
import { mean } from '#common/statistics/mean.ts';
import type { DatasetCurve, MeasuredSize } from '../../src-main/prediction/curves/datasetCurve.ts';
import { featuresOf } from '../../src-main/prediction/points/measureScale.ts';

interface StudyRun {
  readonly width: number;
  readonly fold: number;
  /** Mean Dice over the images. */
  readonly test: number;
  readonly validation: number;
}

interface StudiedDataset {
  readonly dataset: string;
  /** Datasets that share videos. */
  readonly related?: string;
  readonly trainingImages: number;
  /** As the product measures it today: at most 20 training images, halved in two ways. */
  readonly segmentability: number;
  readonly complexity: Complexity;
  readonly runs: readonly StudyRun[];
}

/** Validation Dice below which a network has not learnt, as in the study. */
const LEARNT = 0.05;

/**
 * 38 real datasets, each trained at widths 1 to 32 on one or two folds (406 trainings with PyTorch): the figures of `study.json`. What has not
 * learnt is left out, as in the product.
 */
export function studyCurves(): DatasetCurve[] {
  const text = readFileSync(new URL('../study.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as StudiedDataset[]).map((one) => ({
    dataset: one.dataset,
    name: one.dataset,
    related: one.related ?? one.dataset,
    features: featuresOf({
      mean: one.complexity,
      trainingImages: one.trainingImages,
      segmentability: one.segmentability,
    }),
    sizes: [...Map.groupBy(one.runs, ({ width }) => width)].flatMap(([width, runs]) => sizeOf(width, runs)),
  }));
}

function sizeOf(width: number, all: readonly StudyRun[]): MeasuredSize[] {
  const runs = all.filter(({ validation }) => validation >= LEARNT);
  if (runs.length === 0) return [];
  const dice = mean(runs.map(({ test }) => test));
  const validation = mean(runs.map((run) => run.validation));
  return [{ width, dice, validation, runs: runs.length, each: runs.map(({ test }) => test) }];
}
