import { choice, number, text } from './fact.ts';
import { failure } from './failure.ts';

const MAY_READ = 'Check that the file is still there and that you may read it.';

const ZIP_FAULTS = {
  'zero-byte': () => 'has a zero byte in its name',
  'absolute-path': () => 'has an absolute path',
  'drive-letter': () => 'starts with a drive letter',
  'leaves-folder': () => 'leaves the folder (..)',
  encrypted: () => 'is encrypted',
  link: () => 'is a symbolic link',
  method: (method: number) =>
    `is compressed by method ${method}, which is not read (only stored and deflated are)`,
  'entry-bytes': (most: number) => `unpacks to more than ${most} bytes`,
  'entry-ratio': (most: number) => `unpacks to more than ${most} times its size, as archive bombs do`,
  twice: () => 'is there twice',
  entries: (most: number) => `is one of more than ${most} entries`,
  'total-bytes': (most: number) => `brings the unpacked total above ${most} bytes`,
  'total-ratio': (most: number) =>
    `brings the unpacked total above ${most} times the archive, as archive bombs do`,
} as const;

/** What can be wrong with the folder or .zip that a dataset is read from. */
export const sourceFailures = {
  'source-not-found': failure({
    facts: { path: text },
    problem: ({ path }) => `"${path}" does not exist.`,
    remedy: 'Check the path and that you may read it.',
  }),
  'source-unreadable': failure({
    facts: { path: text, reason: text },
    problem: ({ path, reason }) => `"${path}" cannot be opened (${reason}).`,
    remedy: 'Check the path and that you may read it.',
  }),
  'source-of-other-kind': failure({
    facts: { path: text },
    problem: ({ path }) => `"${path}" is neither a folder nor a file.`,
    remedy: 'Give a folder of images, or a .zip of one.',
  }),
  'folder-unlistable': failure({
    facts: { path: text, reason: text },
    problem: ({ path, reason }) => `"${path}" cannot be listed (${reason}).`,
    remedy: 'Check that you may read the folder.',
  }),
  'file-unreadable': failure({
    facts: { file: text, reason: text },
    problem: ({ file, reason }) => `"${file}" cannot be read (${reason}).`,
    remedy: MAY_READ,
  }),
  'file-outside': failure({
    facts: { file: text },
    problem: ({ file }) => `"${file}" leads out of the data set's folder and is not read.`,
    remedy: 'Copy the file into it.',
  }),
  'file-not-chosen': failure({
    facts: { file: text },
    problem: ({ file }) => `"${file}" is not among the chosen files.`,
    remedy: 'Choose it as well.',
  }),
  'zip-unreadable': failure({
    facts: { path: text, reason: text },
    problem: ({ path, reason }) => `"${path}" is no readable .zip archive (${reason}).`,
    remedy: 'Give a folder of images, or a .zip of one; make the archive again if it is damaged.',
  }),
  /** An entry that no honest data set needs: it leaves the folder, is a link, or inflates without bound. */
  'zip-refused': failure({
    facts: {
      zip: text,
      entry: text,
      fault: choice(...(Object.keys(ZIP_FAULTS) as (keyof typeof ZIP_FAULTS)[])),
      /** Limit or method that the fault is about; 0 where there is none. */
      number,
    },
    problem: (facts) =>
      `"${facts.zip}" was refused: its entry "${facts.entry}" ${ZIP_FAULTS[facts.fault](facts.number)}.`,
    remedy: 'Unpack the archive with a tool you trust, look at that entry, and give the folder instead.',
  }),
  'zip-lacks-file': failure({
    facts: { zip: text, file: text },
    problem: ({ zip, file }) => `"${zip}" holds no "${file}".`,
    remedy: 'Check the file name.',
  }),
  'zip-entry-not-unpacked': failure({
    facts: { file: text, reason: text },
    problem: ({ file, reason }) => `"${file}" cannot be unpacked from the archive (${reason}).`,
    remedy: 'Make the archive again, or unpack it and give the folder.',
  }),
  'zip-entry-damaged': failure({
    facts: { file: text },
    problem: ({ file }) => `"${file}" is damaged inside the archive (its checksum differs).`,
    remedy: 'Make the archive again, or unpack it and give the folder.',
  }),
};
