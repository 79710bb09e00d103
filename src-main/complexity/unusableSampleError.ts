import { PlainError } from '#common/errors.ts';

/** An image whose complexity cannot be measured. */
export class UnusableSampleError extends PlainError {
  constructor(name: string, problem: string, remedy: string) {
    super(`The complexity of "${name}" cannot be measured: ${problem}.`, remedy);
  }
}
