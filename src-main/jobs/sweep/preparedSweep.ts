import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import type { ScheduledTraining, SweepCapacity } from '../../calibration/schedule/scheduledTraining.ts';
import type { Engine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import type { TrainerPool } from './trainerPool.ts';

/** What the user says of how much of the machine a sweep may have. */
export interface SweepLimits {
  /** Most trainings side by side on the processor; null for as many as the machine makes faster. */
  readonly parallel: number | null;
  /** Most bytes of all trainings together; null for what is free. */
  readonly memory: number | null;
}

/** Where a sweep is computed. */
export interface SweepMachine {
  readonly project: Project;
  readonly engine: Engine;
  /** The processor beside a card, when both are to compute; null where the one device does all. */
  readonly cores: Engine | null;
  /** Where trainings can run beside each other; null where there is no such way. */
  readonly pool: TrainerPool | null;
}

/** What is known of a sweep before it begins. */
export interface PreparedSweep {
  readonly scheduled: readonly ScheduledTraining[];
  readonly capacity: SweepCapacity;
  /** How much longer trainings on the processor take while others run beside them there. */
  readonly slowdown: number;
  /** What it takes; null when nothing is to be trained, or nothing could be measured. */
  readonly total: TrainingForecast | null;
}
