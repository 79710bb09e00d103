import { CcnetError, reasonOf } from '#common/errors.ts';

/** What a failed writing is told as. @throws target-unwritable */
export const unwritable =
  (path: string) =>
  (cause: unknown): never => {
    throw new CcnetError('target-unwritable', { path, reason: reasonOf(cause) }, { cause });
  };
