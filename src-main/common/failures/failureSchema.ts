import { z } from 'zod';
import { type Failure, readFailure } from './failures.ts';
import { type Remedy, remedy } from './remedy.ts';

/** A failure inside other data that come from outside. */
export const failureSchema = z.unknown().transform((value, context): Failure => {
  const failure = readFailure(value);
  if (failure) return failure;
  context.addIssue({ code: 'custom', message: 'not a failure' });
  return z.NEVER;
});

/** A remedy inside other data. */
export const remedySchema = z.custom<Remedy>(remedy.holds, 'not a remedy');
