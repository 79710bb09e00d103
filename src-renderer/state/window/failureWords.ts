import type { Examination, Finding } from '#common/dataset/dataset.ts';
import { CcnetError } from '#common/errors.ts';
import { type Failure, problemOf, remedyOf } from '#common/failures/failures.ts';
import { type Remedy, remedyWords } from '#common/failures/remedy.ts';
import { ACTION_WORDS } from './actionWords.ts';

/** What is wrong and what to do, for the person at the window. */
export function failureWords(failure: Failure): { problem: string; remedy: string } {
  return { problem: problemOf(failure), remedy: remedyText(remedyOf(failure)) };
}

export function remedyText(remedy: Remedy): string {
  return remedyWords(remedy, ACTION_WORDS);
}

/** What to show of anything thrown in this window. */
export function shownFailure(error: unknown): Failure {
  return error instanceof CcnetError ? error.failure : { code: 'window-fault', facts: {} };
}

/** The files that pairing by hand offers, where a failure tells them. */
export function candidatesOf({ facts }: Failure): NonNullable<Examination['candidates']> | null {
  return 'candidates' in facts ? facts.candidates : null;
}

/** The kinds of masks among which a person can choose, where a failure tells them. */
export function sourcesOf({ facts }: Failure): NonNullable<Examination['maskSources']> {
  return 'maskSources' in facts ? [...facts.maskSources] : [];
}

/** What the doctor noticed, where a failure tells it. */
export function findingsOf({ facts }: Failure): readonly Finding[] {
  return 'findings' in facts ? facts.findings : [];
}
