/** Tests that passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** One step of the whole check. */
export interface Step {
  readonly name: string;
  /** What Node runs. */
  readonly script: string;
  readonly args: readonly string[];
  /** Belongs to `npm run check`; these arguments are added there, to reuse what an earlier check found. */
  readonly check?: readonly string[];
  /** Keeps every core busy by itself: nothing runs beside it, and its output is shown as it comes. */
  readonly alone?: true;
  /** Counts of the tests that the step ran, read after it; a step without is itself one check. */
  readonly count?: () => Count;
  /** Why the step cannot run here, or null. */
  readonly missing?: () => string | null;
}
