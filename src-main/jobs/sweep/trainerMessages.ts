import type { Failure } from '#common/failures/failures.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { Checkpoint, TrainingRecipe } from '#common/training/training.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import type { Progress } from '#contract/progress.ts';
import type { TrainingOutcome, TrainingTask } from '../training/trainingTask.ts';

/** One training for another process. */
export interface TrainerOrder {
  readonly task: TrainingTask;
  readonly resumeFrom: Checkpoint | undefined;
  /** The devices that computed it before (deviceTrail). */
  readonly before: string | null;
  readonly threads: number;
  /** Whether somebody looks at example predictions. */
  readonly shows: boolean;
}

/** To a trainer. One training, or one measurement, at a time. */
export type ToTrainer =
  | { readonly type: 'train'; readonly order: TrainerOrder }
  | {
      readonly type: 'measure';
      readonly network: NetworkSpec;
      readonly recipe: TrainingRecipe;
      readonly threads: number;
    }
  /** From the next step on it computes with so many threads; the results are the same. */
  | { readonly type: 'threads'; readonly threads: number }
  /** Its last checkpoint is in the project file. */
  | { readonly type: 'saved' }
  | { readonly type: 'cancel' };

/** From a trainer. */
export type FromTrainer =
  | { readonly type: 'ready'; readonly residentBytes: number }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'examples'; readonly examples: LiveExamples }
  /** It waits until this has been stored. */
  | { readonly type: 'checkpoint'; readonly checkpoint: Checkpoint }
  | { readonly type: 'outcome'; readonly outcome: TrainingOutcome }
  | { readonly type: 'measured'; readonly milliseconds: number }
  | { readonly type: 'failure'; readonly failure: Failure };

/** A trainer's end of the channel to the process that holds the project. */
export interface TrainerPort {
  send(message: FromTrainer): void;
  listen(onMessage: (message: ToTrainer) => void): void;
}

/** The other end. */
export interface TrainerChannel {
  send(message: ToTrainer): void;
  /** @param onClose the process has gone; `reason` says how, for a log */
  listen(onMessage: (message: FromTrainer) => void, onClose: (reason: string) => void): void;
  /** Ends the process, whatever it does, and resolves when it has gone. */
  end(): Promise<void>;
}
