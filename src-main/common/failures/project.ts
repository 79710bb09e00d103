import { choice, list, number, optional, record, text } from './fact.ts';
import { failure } from './failure.ts';

const NO_PROJECT = {
  folder: 'it is a folder',
  empty: 'it is empty',
  'no-database': 'it is not an SQLite file',
  'other-program': 'it is an SQLite file of another program',
} as const;

const READ_ONLY = {
  session: 'it is open for reading only',
  user: 'this user may not write the file',
} as const;

/** What can be wrong with a project file, with the place where it lies, or with what is looked for in it. */
export const projectFailures = {
  'project-not-found': failure({
    exit: 'usage',
    facts: { path: text, missingFolder: optional(text) },
    problem: ({ path, missingFolder }) =>
      missingFolder === null
        ? `There is no project file at ${path}.`
        : `There is no project file at ${path}: the folder ${missingFolder} does not exist.`,
    remedy: ({ missingFolder }) =>
      missingFolder === null
        ? { kind: 'make-project' }
        : 'Create the folder first, or check the path (is the drive or network share connected?).',
  }),
  /** SQLite and the file systems bound the bytes of a path and of a name; letters beyond ASCII take several. */
  'project-path-too-long': failure({
    exit: 'usage',
    facts: { path: text, part: choice('path', 'name'), length: number, most: number },
    problem: ({ path, part, length, most }) =>
      `The ${part === 'path' ? 'path' : 'file name'} of the project is too long (${length} bytes; about ${most} are possible): ${path}`,
    remedy: 'Choose a folder nearer to the top of the disk, or shorter names of folders and file.',
  }),
  'project-exists': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) => `${path} exists already.`,
    remedy: 'Open it instead, or choose another name.',
  }),
  'project-extension': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) => `${path}: a project file ends in .ccnet.`,
    remedy: { kind: 'choose-project-file' },
  }),
  /** Any file that this product did not write. */
  'not-a-project': failure({
    facts: { path: text, found: choice('folder', 'empty', 'no-database', 'other-program') },
    problem: ({ path, found }) => `${path} is not a CC-Net project: ${NO_PROJECT[found]}.`,
    remedy: 'Choose a .ccnet file; this one has not been changed.',
  }),
  'project-newer': failure({
    facts: { path: text, version: number, supported: number },
    problem: ({ path, version, supported }) =>
      `${path} was written by a newer version of CC-Net Workstation (project version ${version}; this program knows up to ${supported}).`,
    remedy: 'Update CC-Net Workstation; the file has not been changed.',
  }),
  /** Reading alone cannot bring it up to date. */
  'project-older': failure({
    facts: { path: text, version: number, current: number },
    problem: ({ path, version, current }) =>
      `${path} was written by an older version of CC-Net Workstation (project version ${version}; this program needs ${current}).`,
    remedy: 'Open it for writing once: it is then brought up to date, and a backup is kept beside it.',
  }),
  /** The content is not what was written: flipped bits, a cut-off copy, a lost journal, a value of the wrong type. */
  'project-damaged': failure({
    facts: { path: text, detail: text, backups: text },
    problem: ({ path, detail }) => `${path} is damaged: ${detail}.`,
    remedy: ({ backups }) =>
      `Restore it from a backup (backups made by this program are called ${backups}). ` +
      'If the file was copied, copy it again together with its -journal file.',
  }),
  /** It holds triggers, views or tables that no version of this product creates. */
  'project-altered': failure({
    facts: { path: text, differences: list(text) },
    problem: ({ path, differences }) =>
      `${path} has been altered by another program: ${differences.join('; ')}.`,
    remedy:
      'It is not opened, because what was added could change your results. Restore it from a backup, or ask whoever sent it for the unaltered file.',
  }),
  /** `lock`: the file that could not be made, where it is the folder that cannot be written. */
  'project-read-only': failure({
    facts: { path: text, why: choice('session', 'user', 'folder'), lock: optional(text) },
    problem: ({ path, why, lock }) =>
      `${path} cannot be written: ${why === 'folder' ? `its folder does not let this user create ${lock ?? 'files'}` : READ_ONLY[why]}.`,
    remedy:
      'Ask for write permission, or copy the project to a folder of your own. Reading it works as it is.',
  }),
  'project-in-use': failure({
    facts: { path: text, holder: optional(record({ pid: number, host: text, since: text })) },
    problem: ({ path, holder }) =>
      holder
        ? `${path} is open for writing in another program: process ${holder.pid} on ${holder.host}, since ${holder.since}.`
        : `${path} is open for writing in another program.`,
    remedy: { kind: 'close-other-program' },
  }),
  'project-busy': failure({
    facts: { path: text },
    problem: ({ path }) => `${path} is locked by another program and did not become free in time.`,
    remedy:
      'Wait until the other program has finished (a backup or a file synchroniser may hold it too), then try again.',
  }),
  /** The disk, or the user's quota on it, is full; the transaction was rolled back. */
  'disk-full': failure({
    facts: { path: text, folder: text },
    problem: ({ path }) => `The disk is full: ${path} could not be written.`,
    remedy: ({ folder }) =>
      `Free some space on the disk that holds ${folder}, then try again. What was stored before is intact.`,
  }),
  /** A pulled drive, a lost network share, a disk error. */
  'project-unreachable': failure({
    facts: { path: text, answer: text },
    problem: ({ path, answer }) =>
      `${path} could not be read or written: the storage answered with an error (${answer}).`,
    remedy: 'Check that the drive or network share is still connected, then open the project again.',
  }),
  'project-moved': failure({
    facts: { path: text },
    problem: ({ path }) =>
      `${path} is not there any more: it was moved, removed or replaced while it was open.`,
    remedy:
      'Put it back under this name, or open it where it is now. What was stored before is in the moved file; what was under way can be started again.',
  }),
  'project-linked': failure({
    facts: { path: text, names: number },
    problem: ({ path, names }) =>
      `${path} is one of ${names} names of the same file (hard links): writing to it would change it under all of them.`,
    remedy: 'Copy the project to a file of its own and open the copy; reading it works as it is.',
  }),
  'not-a-lock': failure({
    facts: { file: text },
    problem: ({ file }) => `${file} is in the way: it should be this program's lock file, and is not.`,
    remedy: 'Delete it, once no other program has the project open.',
  }),
  'dataset-name-taken': failure({
    exit: 'usage',
    facts: { dataset: text, project: text },
    problem: ({ dataset, project }) => `${project} has a dataset called "${dataset}" already.`,
    remedy: { kind: 'choose-dataset-name' },
  }),
  'dataset-name-unshown': failure({
    exit: 'usage',
    facts: { dataset: text },
    problem: ({ dataset }) =>
      `"${dataset}" cannot be the name of a dataset: it holds control characters or marks that turn the direction of writing.`,
    remedy: 'Choose a name of letters, digits, spaces and ordinary signs.',
  }),
  'unknown-dataset': failure({
    exit: 'usage',
    facts: { dataset: text, project: text, known: list(text) },
    problem: ({ dataset, project }) => `${project} has no dataset called "${dataset}".`,
    remedy: ({ known }) =>
      known.length > 0 ? `It has: ${known.join(', ')}.` : 'It has none yet: add one first.',
  }),
  /** A stranger's project says that its images lie on a server that the user has never named. */
  'unknown-server': failure({
    exit: 'usage',
    facts: { root: text, server: text },
    problem: ({ root, server }) =>
      `The project says that images lie in ${root}. The server "${server}" is not called, because you have not chosen anything on it.`,
    remedy:
      'If you know it, choose the folder there yourself: say where the dataset lies now, or add it again.',
  }),
  'dataset-gone': failure({
    exit: 'usage',
    facts: { dataset: number },
    problem: ({ dataset }) => `Dataset ${dataset} is not in this project any more.`,
    remedy: 'Add its folder again.',
  }),
  'run-gone': failure({
    exit: 'usage',
    facts: { run: number },
    problem: ({ run }) => `Run ${run} is not in this project any more.`,
    remedy: 'Read the list again.',
  }),
  'network-gone': failure({
    exit: 'usage',
    facts: { network: number },
    problem: ({ network }) => `Network ${network} is not in this project any more.`,
    remedy: 'Train it again to see it.',
  }),
};
