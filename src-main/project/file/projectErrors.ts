import { basename, dirname } from 'node:path';
import { CcnetError, EXIT } from '#common/errors.ts';

/** No file at this path, or not even its folder. */
export class ProjectNotFoundError extends CcnetError {
  constructor(path: string, folderExists: boolean) {
    super(
      folderExists
        ? `There is no project file at ${path}.`
        : `There is no project file at ${path}: the folder ${dirname(path)} does not exist.`,
      folderExists
        ? 'Check the name, or add a dataset to create the project.'
        : 'Create the folder first, or check the path (is the drive or network share connected?).',
      EXIT.usage,
    );
  }
}

/** A new project was asked for where a file is already. */
export class ProjectExistsError extends CcnetError {
  constructor(path: string) {
    super(`${path} exists already.`, 'Open it instead, or choose another name.', EXIT.usage);
  }
}

/** Any file that this product did not write. */
export class NotAProjectError extends CcnetError {
  constructor(path: string, what: string, options?: ErrorOptions) {
    super(
      `${path} is not a CC-Net project: ${what}.`,
      'Choose a .ccnet file; this one has not been changed.',
      EXIT.badData,
      options,
    );
  }
}

/** The file's schema is newer than this program's. */
export class NewerProjectError extends CcnetError {
  constructor(path: string, version: number, supported: number) {
    super(
      `${path} was written by a newer version of CC-Net Workstation (project version ${version}; this program knows up to ${supported}).`,
      'Update CC-Net Workstation; the file has not been changed.',
    );
  }
}

/** The file's schema is older, and reading alone cannot bring it up to date. */
export class OlderProjectError extends CcnetError {
  constructor(path: string, version: number, current: number) {
    super(
      `${path} was written by an older version of CC-Net Workstation (project version ${version}; this program needs ${current}).`,
      'Open it for writing once: it is then brought up to date, and a backup is kept beside it.',
    );
  }
}

/** The content is not what was written: flipped bits, a cut-off copy, a lost journal, a value of the wrong type. */
export class DamagedProjectError extends CcnetError {
  constructor(path: string, what: string, options?: ErrorOptions) {
    super(
      `${path} is damaged: ${what}.`,
      `Restore it from a backup (backups made by this program are called ${basename(path, '.ccnet')}.v*.backup.ccnet). ` +
        'If the file was copied, copy it again together with its -journal file.',
      EXIT.badData,
      options,
    );
  }
}

/** The file holds triggers, views or tables that no version of this product creates. */
export class AlteredProjectError extends CcnetError {
  constructor(path: string, differences: readonly string[]) {
    super(
      `${path} has been altered by another program: ${differences.join('; ')}.`,
      'It is not opened, because what was added could change your results. Restore it from a backup, or ask whoever sent it for the unaltered file.',
    );
  }
}

/** Writing was asked for, but the file, its folder or this session allows only reading. */
export class ReadOnlyProjectError extends CcnetError {
  constructor(path: string, why: string, options?: ErrorOptions) {
    super(
      `${path} cannot be written: ${why}.`,
      'Ask for write permission, or copy the project to a folder of your own. Reading it works as it is.',
      EXIT.badData,
      options,
    );
  }
}

/** Who holds a project's writer lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** ISO time. */
  readonly since: string;
}

/** A second process wants to write to a project that is open for writing. */
export class ProjectInUseError extends CcnetError {
  readonly holder: LockHolder | null;

  constructor(path: string, holder: LockHolder | null) {
    super(
      holder
        ? `${path} is open for writing in another program: process ${holder.pid} on ${holder.host}, since ${holder.since}.`
        : `${path} is open for writing in another program.`,
      'Close the other window or wait for the other command to end, then try again. Commands that only read work meanwhile.',
    );
    this.holder = holder;
  }
}

/** Another connection kept the file locked for longer than the busy timeout. */
export class ProjectBusyError extends CcnetError {
  constructor(path: string, options?: ErrorOptions) {
    super(
      `${path} is locked by another program and did not become free in time.`,
      'Wait until the other program has finished (a backup or a file synchroniser may hold it too), then try again.',
      EXIT.badData,
      options,
    );
  }
}

/** The disk, or the user's quota on it, is full; the transaction was rolled back. */
export class DiskFullError extends CcnetError {
  constructor(path: string, options?: ErrorOptions) {
    super(
      `The disk is full: ${path} could not be written.`,
      `Free some space on the disk that holds ${dirname(path)}, then run the command again. What was stored before is intact.`,
      EXIT.badData,
      options,
    );
  }
}

/** The storage failed: a pulled drive, a lost network share, a disk error. */
export class ProjectUnreachableError extends CcnetError {
  constructor(path: string, code: string, options?: ErrorOptions) {
    super(
      `${path} could not be read or written: the storage answered with an error (${code}).`,
      'Check that the drive or network share is still connected, then open the project again.',
      EXIT.badData,
      options,
    );
  }
}

/** A file called like the project's lock is something else. */
export class NotALockError extends CcnetError {
  constructor(lockPath: string, options?: ErrorOptions) {
    super(
      `${lockPath} is in the way: it should be this program's lock file, and is not.`,
      'Delete it, once no other program has the project open.',
      EXIT.badData,
      options,
    );
  }
}
