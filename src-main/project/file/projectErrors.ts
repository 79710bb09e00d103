import { basename } from 'node:path';
import { CcnetError } from '#common/errors.ts';
import type { FactsOf } from '#common/failures/failures.ts';

/** Who holds a project's writer lock; `since` is an ISO time. */
export type LockHolder = NonNullable<FactsOf<'project-in-use'>['holder']>;

/** A second process wants to write to a project that is open for writing. */
export function projectInUse(path: string, holder: LockHolder | null): CcnetError {
  return new CcnetError('project-in-use', { path, holder });
}

/** @param detail what is not as it was written, as the rest of a sentence */
export function projectDamaged(path: string, detail: string, options?: ErrorOptions): CcnetError {
  const backups = `${basename(path, '.ccnet')}.v*.backup.ccnet`;
  return new CcnetError('project-damaged', { path, detail, backups }, options);
}
