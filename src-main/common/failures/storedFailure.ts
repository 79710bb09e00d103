import { type Failure, readFailure } from './failures.ts';
import { type Remedy, remedy as remedyFact } from './remedy.ts';

/** Most entries of a list that are stored with a failure: a folder of strangers' files may have thousands of findings. */
const LISTED = 100;

/** A failure as a column of the project file holds it. */
export function storeFailure(failure: Failure): string {
  return JSON.stringify(failure, (_, value: unknown) =>
    Array.isArray(value) ? value.slice(0, LISTED) : value,
  );
}

/** Reads such a column. Versions before kept sentences there, which are told as they stand. */
export function readStoredFailure(stored: string): Failure {
  return readFailure(parsed(stored)) ?? { code: 'told-by-older-version', facts: { words: stored } };
}

/** A remedy as a column holds it: sentences as they are, all else as JSON. */
export function storeRemedy(remedy: Remedy): string {
  return typeof remedy === 'string' ? remedy : JSON.stringify(remedy);
}

export function readStoredRemedy(stored: string): Remedy {
  const value = parsed(stored);
  return remedyFact.holds(value) ? value : stored;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
