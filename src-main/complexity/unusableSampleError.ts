import { CcnetError } from '#common/errors.ts';

/** An image whose complexity cannot be measured. */
export class UnusableSampleError extends CcnetError {
  constructor(name: string, problem: string, remedy: string) {
    super(`The complexity of "${name}" cannot be measured: ${problem}.`, remedy);
  }
}
