import type { TrainingRecipe } from '../training/training.ts';
import type { CalibrationRun } from './calibrationRun.ts';
import { commonRecipe } from './commonRecipe.ts';
import { selectRuns, type RunSelection } from './selectRuns.ts';

/** The runs that a prediction for one dataset rests on, all made by one training recipe. */
export interface Evidence {
  /** The recipe under which most other datasets were calibrated, at the working resolution that is asked about if any was; undefined without any run. */
  readonly recipe: TrainingRecipe | undefined;
  /** Runs of other datasets. */
  readonly calibration: readonly CalibrationRun[];
  /** Runs on the dataset itself: probes, and what was trained on it before. */
  readonly own: readonly CalibrationRun[];
  /** How many runs of other datasets are left out because they were trained by another recipe. */
  readonly otherRecipes: number;
}

export interface EvidenceQuestion extends Pick<RunSelection, 'family' | 'width'> {
  /** Of the dataset that is asked about; undefined where there is none yet. */
  readonly fingerprint: string | undefined;
  /** Where given, recipes at this working resolution come before others. */
  readonly workingSide?: number | undefined;
}

/** Gathers what is known for a prediction: the same for the job that predicts, the report on it and the window that shows it. */
export function gatherEvidence(runs: readonly CalibrationRun[], question: EvidenceQuestion): Evidence {
  const { fingerprint, workingSide, ...selection } = question;
  const usable = selectRuns(runs, { ...selection, except: fingerprint });
  const all = ownRuns(runs, question);
  const recipe = commonRecipe(usable, workingSide) ?? commonRecipe(all, workingSide);
  if (!recipe) return { recipe, calibration: [], own: [], otherRecipes: 0 };
  const calibration = selectRuns(usable, { ...selection, trainingRecipe: recipe });
  const own = ownRuns(all, question, recipe);
  return { recipe, calibration, own, otherRecipes: usable.length - calibration.length };
}

/**
 * The runs of a base network on one dataset, by its own split: those of folds have learnt from its test images or were judged by them.
 * @param trainingRecipe where given, only runs that were trained in exactly this way
 */
export function ownRuns(
  runs: readonly CalibrationRun[],
  { family, width, fingerprint }: Pick<EvidenceQuestion, 'family' | 'width' | 'fingerprint'>,
  trainingRecipe?: TrainingRecipe,
): CalibrationRun[] {
  const here = runs.filter((run) => run.datasetFingerprint === fingerprint && run.fold === null);
  return selectRuns(here, { family, width, trainingRecipe });
}
