import { EXIT } from '../exitCodes.ts';
import { calibrationFailures } from './calibration.ts';
import { clusterFailures } from './cluster.ts';
import { commandLineFailures } from './commandLine.ts';
import { datasetFailures } from './dataset.ts';
import { decodingFailures } from './decoding.ts';
import { deviceFailures } from './devices.ts';
import { exportFailures } from './export.ts';
import { type FactTable, holdsAll, type ValuesOf } from './fact.ts';
import type { FailureKind } from './failure.ts';
import { generalFailures } from './general.ts';
import { jobFailures } from './jobs.ts';
import { networkFailures } from './network.ts';
import { projectFailures } from './project.ts';
import type { Remedy } from './remedy.ts';
import { sourceFailures } from './source.ts';
import { tensorflowSetupFailures } from './tensorflowSetup.ts';
import { trainingFailures } from './training.ts';
import { useFailures } from './use.ts';
import { windowFailures } from './window.ts';

/** Every kind of failure by its code, room by room. */
export const FAILURES = {
  ...generalFailures,
  ...calibrationFailures,
  ...clusterFailures,
  ...commandLineFailures,
  ...datasetFailures,
  ...decodingFailures,
  ...deviceFailures,
  ...exportFailures,
  ...jobFailures,
  ...networkFailures,
  ...projectFailures,
  ...sourceFailures,
  ...tensorflowSetupFailures,
  ...trainingFailures,
  ...useFailures,
  ...windowFailures,
};

export type FailureCode = keyof typeof FAILURES;

/** What a failure of this code carries. */
export type FactsOf<Code extends FailureCode> = ValuesOf<(typeof FAILURES)[Code]['facts']>;

/** A failure as it crosses processes and is stored: JSON, and in nobody's words yet. */
export type Failure<Code extends FailureCode = FailureCode> = {
  readonly [One in Code]: { readonly code: One; readonly facts: FactsOf<One> };
}[Code];

/** The kind of a failure. Its facts are of the kind's own table; TypeScript cannot follow that through the union. */
const kindOf = ({ code }: Pick<Failure, 'code'>): FailureKind<FactTable> =>
  FAILURES[code] as unknown as FailureKind<FactTable>;

/** What is wrong, in words that hold at every surface. */
export function problemOf(failure: Failure): string {
  return kindOf(failure).problem(failure.facts);
}

/** What to do about it: for a surface to word (remedyWords). */
export function remedyOf(failure: Failure): Remedy {
  const { remedy } = kindOf(failure);
  return typeof remedy === 'function' ? remedy(failure.facts) : remedy;
}

/** How the command line ends. */
export function exitCodeOf(failure: Failure): number {
  return EXIT[kindOf(failure).exit ?? 'badData'];
}

/** A failure that came from outside, or null when it is none that this version knows. Facts beyond those of its code are left out. */
export function readFailure(value: unknown): Failure | null {
  if (typeof value !== 'object' || value === null || !('code' in value) || !('facts' in value)) return null;
  const { code, facts } = value;
  if (typeof code !== 'string' || !Object.hasOwn(FAILURES, code)) return null;
  const known = kindOf({ code: code as FailureCode }).facts;
  if (!holdsAll(known, facts)) return null;
  const own = Object.keys(known).map((name) => [name, (facts as Record<string, unknown>)[name]]);
  return { code, facts: Object.fromEntries(own) as unknown } as Failure;
}
