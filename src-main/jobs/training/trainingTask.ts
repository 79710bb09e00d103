import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { Sample, Split, TestSource } from '#common/dataset/dataset.ts';
import type { Fold } from '#common/dataset/fold.ts';
import type { DatasetReading } from '#common/dataset/reading.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { EpochRecord, NamedTensor, TestAccuracy, TrainingRecipe } from '#common/training/training.ts';

/** An image of a task with the split that it was dealt to. */
export type TaskImage = Sample & { readonly split: Split };

/** What a training has to know of its dataset: where its files lie, and how they are read and dealt. */
export interface TaskDataset {
  readonly name: string;
  readonly fingerprint: string;
  /** Absolute path of the folder or .zip. */
  readonly root: string;
  readonly channels: 1 | 3;
  readonly reading: DatasetReading;
  readonly images: readonly TaskImage[];
}

/** One training as plain data: whoever has it can train, in this process or another, on this machine or another, without the project. */
export interface TrainingTask {
  readonly dataset: TaskDataset;
  readonly network: NetworkSpec;
  readonly recipe: TrainingRecipe;
  readonly seed: number;
  /** The fold by which the images were dealt; null for the dataset's own split. */
  readonly fold: Fold | null;
  /** The trained network to learn from as well, where the recipe asks for one. */
  readonly teacher: { readonly network: NetworkSpec; readonly weights: readonly NamedTensor[] } | null;
}

/** What a training has come to: all that the project keeps of it. */
export interface TrainingOutcome {
  readonly run: CalibrationRun;
  readonly weights: readonly NamedTensor[];
  readonly validation: TestAccuracy;
  readonly test: TestAccuracy;
  /** All epochs of the last attempt. */
  readonly history: readonly EpochRecord[];
}

/** The samples of a task at the working resolution: those of one split, or all. */
export type TaskSamples = (split?: Split) => TestSource;
