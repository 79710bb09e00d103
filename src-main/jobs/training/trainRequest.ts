import type { Fold } from '#common/dataset/fold.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { ShowExamples } from '#contract/liveExample.ts';
import type { Engine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { NewTraining } from '../../project/records/trainings.ts';

/** One network to train, and where its results go. */
export interface TrainRequest {
  readonly project: Project;
  readonly dataset: DatasetRecord;
  readonly network: NetworkSpec;
  readonly recipe: TrainingRecipe;
  readonly seed: number;
  /** Null for the dataset's own split. */
  readonly fold: Fold | null;
  readonly purpose: NewTraining['purpose'];
  readonly engine: Engine;
  /** Receives example predictions after every epoch. */
  readonly show?: ShowExamples | undefined;
}
