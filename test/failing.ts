import { expect } from 'vitest';
import type { FactsOf, FailureCode } from '#common/failures/failures.ts';

/** Matches an error of this code, with these facts among others: `expect(f).toThrow(failing('disk-full'))`. */
export function failing<Code extends FailureCode>(code: Code, facts: Partial<FactsOf<Code>> = {}): Error {
  return expect.objectContaining({ code, facts: expect.objectContaining<object>(facts) as unknown }) as Error;
}
