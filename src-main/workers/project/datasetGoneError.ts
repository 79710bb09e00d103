import { UsageError } from '#common/errors.ts';

/** No dataset of this id, or it was removed. */
export class DatasetGoneError extends UsageError {
  constructor(id: number) {
    super(`Dataset ${id} is not in this project any more.`, 'Add its folder again.');
  }
}
