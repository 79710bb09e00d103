import { constants, getPriority, setPriority } from 'node:os';

/** A job that has all cores must not make the window wait for one. */
export const BELOW_THE_WINDOW = 10;

/**
 * Lets every other program go first: this process, and the threads that it starts from now on, get what is left of the processor.
 * @param steps of niceness below the present one; 10 is "below normal" on Windows
 */
export function lowerPriority(steps: number): void {
  try {
    setPriority(Math.min(constants.priority.PRIORITY_LOW, getPriority() + steps));
  } catch {
    // A system that does not allow it is only less smooth.
  }
}
