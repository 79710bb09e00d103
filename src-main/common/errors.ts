import {
  exitCodeOf,
  type Failure,
  type FailureCode,
  type FactsOf,
  problemOf,
  readFailure,
} from './failures/failures.ts';

/**
 * A failure that is thrown. Its code says which (`common/failures` holds them all, with their words), its facts what it is about.
 * Rooms derive a class where somebody asks for it by `instanceof`, and throw this one otherwise.
 */
export class CcnetError<Code extends FailureCode = FailureCode> extends Error {
  readonly code: Code;
  readonly facts: FactsOf<Code>;

  constructor(code: Code, facts: FactsOf<Code>, options?: ErrorOptions) {
    super(problemOf({ code, facts } as Failure), options);
    this.name = new.target.name;
    this.code = code;
    this.facts = facts;
  }

  /** The failure as data. */
  get failure(): Failure {
    return { code: this.code, facts: this.facts } as Failure;
  }

  get exitCode(): number {
    return exitCodeOf(this.failure);
  }
}

/** The user or the system asked a job to stop; what was done so far is kept. */
export class CancelledError extends CcnetError<'cancelled'> {
  constructor(what = 'The job') {
    super('cancelled', { what });
  }
}

/** Throws a CancelledError when `signal` has been aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined, what?: string): void {
  if (signal?.aborted) throw new CancelledError(what);
}

/** Whether an error is one of these failures, wherever it was thrown. */
export function hasCode<Code extends FailureCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is CcnetError<Code> {
  return error instanceof CcnetError && codes.some((code) => code === error.code);
}

/** A failure that another process told, to be thrown here. It is checked: a page may say anything. */
export function errorFrom(told: unknown): CcnetError {
  const failure = readFailure(told);
  if (failure) return new CcnetError(failure.code, failure.facts);
  return new CcnetError('program-fault', { reason: 'Another process failed without saying how.' });
}

/** What a library or the system says of its own failure: two lines of it at most, as one. */
export function reasonOf(cause: unknown): string {
  const words = cause instanceof Error ? cause.message : String(cause);
  return words.trim().split('\n', 2).join(' ');
}

/** Anything thrown as data: what is no failure of this product is a fault of the program, or the end of its memory. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CcnetError) return error.failure;
  if (isOutOfMemory(error)) return { code: 'out-of-memory', facts: {} };
  return { code: 'program-fault', facts: { reason: error instanceof Error ? error.message : String(error) } };
}

/** Whether native code could not get the memory that it asked for. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'OUT_OF_MEMORY';
}
