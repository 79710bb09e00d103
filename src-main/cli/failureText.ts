import type { Finding } from '#common/dataset/dataset.ts';
import { exitCodeOf, type Failure, problemOf, remedyOf } from '#common/failures/failures.ts';
import { remedyWords } from '#common/failures/remedy.ts';
import { shown } from '#common/shownText.ts';
import { ACTION_WORDS } from './actionWords.ts';

/** What is wrong and what to do, each as a line. */
export function failureText(failure: Failure): { problem: string; remedy: string } {
  return { problem: shown(problemOf(failure)), remedy: shown(remedyWords(remedyOf(failure), ACTION_WORDS)) };
}

/** A failure in the documents of `--json`: code and facts for programs, the words for people. */
export function failureJson(failure: Failure): object {
  const { problem, remedy } = failureText(failure);
  return {
    code: failure.code,
    facts: failure.facts,
    message: problem,
    remedy,
    exitCode: exitCodeOf(failure),
  };
}

/** A finding with its remedy in words. */
export function findingText(finding: Finding): Finding & { remedy: string } {
  return { ...finding, remedy: remedyWords(finding.remedy, ACTION_WORDS) };
}
