import { canonicalJson } from '../canonicalJson.ts';
import type { NetworkFamily } from '../network/network.ts';
import type { TrainingRecipe } from '../training/training.ts';
import type { CalibrationRun } from './calibrationRun.ts';
import { rebasedRun } from './rebasedRun.ts';
import { runKey } from './runKey.ts';

/** Which runs belong together in one fit or one curve: those of one family of networks, made alike. */
export interface RunSelection {
  readonly family: NetworkFamily;
  /** Base width at factor 1. A size is a network, not a factor: runs of another base enter as what they are of this one. */
  readonly width: number;
  /** Where given, only runs trained in exactly this way: a longer training is another accuracy. */
  readonly trainingRecipe?: TrainingRecipe | undefined;
  /** Fingerprint of a dataset to leave out: the one to predict. */
  readonly except?: string | undefined;
}

/** Why a run may not enter, by the first reason that applies. */
export type RunRejection =
  'same-dataset' | 'other-family' | 'excluded' | 'not-learnt' | 'other-training-recipe';

/** Whether a run may enter any fit or curve at all: its network has learnt, and the user did not exclude it. */
export function isSound({ learnt, excluded }: Pick<CalibrationRun, 'learnt' | 'excluded'>): boolean {
  return learnt && excluded === null;
}

/**
 * The runs that may enter one fit or curve, in their order, their networks named as factors of the selection's base width. A network that was
 * trained as one of two bases, from the same seed on the same images, is one run: the second says nothing new.
 */
export function selectRuns(runs: readonly CalibrationRun[], selection: RunSelection): CalibrationRun[] {
  const rejection = runRejection(selection);
  const selected = runs.filter((run) => rejection(run) === null);
  if (selected.every(({ network }) => network.width === selection.width)) return selected;
  const known = new Set<string>();
  return selected.flatMap((run) => {
    const named = rebasedRun(run, selection.width);
    const key = runKey(named);
    if (known.has(key)) return [];
    known.add(key);
    return named;
  });
}

/** The rule of a selection, for one run after the other; null where the run may enter. */
export function runRejection(selection: RunSelection): (run: CalibrationRun) => RunRejection | null {
  const { family, trainingRecipe, except } = selection;
  const wanted = trainingRecipe && canonicalJson(trainingRecipe);
  return (run) => {
    if (run.datasetFingerprint === except) return 'same-dataset';
    if (run.network.family !== family) return 'other-family';
    if (run.excluded !== null) return 'excluded';
    if (!isSound(run)) return 'not-learnt';
    return wanted !== undefined && canonicalJson(run.recipe) !== wanted ? 'other-training-recipe' : null;
  };
}
