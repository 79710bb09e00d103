/** Exit codes of the command line; every error that a user can cause carries one. */
export const EXIT = { done: 0, internal: 1, usage: 2, badData: 3, limits: 4, cancelled: 130 } as const;

/**
 * An error meant for the person who sees it: `message` says which file or value and what is wrong,
 * `remedy` says what to do. Rooms derive one class per failure a user can cause.
 */
export class CcnetError extends Error {
  readonly remedy: string;
  readonly exitCode: number;

  constructor(message: string, remedy: string, exitCode: number = EXIT.badData, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}

/** The request itself is wrong: an unknown name, a value out of range, options that exclude each other. */
export class UsageError extends CcnetError {
  constructor(message: string, remedy: string) {
    super(message, remedy, EXIT.usage);
  }
}

/** The user or the system asked a job to stop; what was done so far is kept. */
export class CancelledError extends CcnetError {
  constructor(what = 'The job') {
    super(`${what} was cancelled.`, 'Run it again to continue from what was kept.', EXIT.cancelled);
  }
}

/** Throws a CancelledError when `signal` has been aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined, what?: string): void {
  if (signal?.aborted) throw new CancelledError(what);
}
