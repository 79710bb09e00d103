import type { TrainerChannel } from './trainerMessages.ts';

let start: (() => TrainerChannel) | null = null;

/** Tells this process how it starts processes that train for it; without that, trainings run one after the other in this one. */
export function provideTrainers(starter: () => TrainerChannel): void {
  start = starter;
}

/** How to start a process that trains; null where there is no way. */
export function trainerStarter(): (() => TrainerChannel) | null {
  return start;
}
