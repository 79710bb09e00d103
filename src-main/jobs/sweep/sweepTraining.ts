import { canonicalJson } from '#common/canonicalJson.ts';
import { firstLevelWidth } from '#common/calibration/rebasedRun.ts';
import type { PlannedRun, SweepDataset } from '../../calibration/planSweep.ts';
import { undistilled } from '#common/training/undistilled.ts';
import type { Project } from '../../project/project.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import { storedTeacher, teacherOf } from '../training/teacher.ts';

export type PlannedTraining = PlannedRun<SweepDataset & { readonly record: DatasetRecord }>;

/** A training of a sweep with the network that it learns from, if any. */
export interface SweepTraining {
  readonly planned: PlannedTraining;
  /** Place in the list of a training of this sweep, or a network that is stored already; null where it learns from masks alone. */
  readonly teacher: number | TrainedNetworkRecord | null;
  /** Whether it was asked for: a teacher that is trained for others' sake was not. */
  readonly asked: boolean;
}

/**
 * The trainings of a sweep with those that others learn from before them. Which network is whose teacher is decided here, once: the stored
 * one, or one from the seed of the first that needs it, so that it does not depend on what finishes first.
 */
export function sweepTrainings(project: Project, planned: readonly PlannedTraining[]): SweepTraining[] {
  const trainings: SweepTraining[] = [];
  const teachers = new Map<string, number | TrainedNetworkRecord>();
  const teacherFor = (training: PlannedTraining): SweepTraining['teacher'] => {
    const network = teacherOf(training);
    if (!network) return null;
    const { dataset, recipe, seed, fold } = training;
    const stored = storedTeacher({ ...training, project, dataset: dataset.record });
    if (stored) return stored;
    const key = canonicalJson([
      dataset.fingerprint,
      fold,
      recipe,
      network.family,
      firstLevelWidth({ network }),
    ]);
    const known = teachers.get(key);
    if (known !== undefined) return known;
    const index = trainings.length;
    trainings.push({
      planned: { dataset, network, recipe: undistilled(recipe), seed, fold },
      teacher: null,
      asked: false,
    });
    teachers.set(key, index);
    return index;
  };
  for (const training of planned) {
    const teacher = teacherFor(training);
    trainings.push({ planned: training, teacher, asked: true });
  }
  return trainings;
}
