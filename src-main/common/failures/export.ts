import { choice, number, text } from './fact.ts';
import { failure } from './failure.ts';

const STAYS = {
  project: (of: string) => `it belongs to the project ${of}`,
  database: () => 'it is a project or another database',
  original: (of: string) => `it is one of the original files of ${of}`,
  other: () => 'it is no ordinary file',
} as const;

/** What can go wrong with files that are written for others. */
export const exportFailures = {
  /** Run again, the file does not agree with the trained network; nothing was left behind. */
  'export-differs': failure({
    facts: { file: text, difference: number, tolerance: number },
    problem: ({ file, difference, tolerance }) =>
      `${file}: the exported network differs from the trained one by ${difference.toExponential(2)} (at most ${tolerance} is allowed).`,
    remedy: 'The file was not kept. Please report this with the network family, factor and product version.',
  }),
  /** Writing there would replace what is read, or what a project lives on. */
  'output-is-input': failure({
    exit: 'usage',
    facts: { path: text, is: choice('project', 'database', 'original', 'other'), of: text },
    problem: ({ path, is, of }) => `${path} is not replaced: ${STAYS[is](of)}.`,
    remedy: 'Choose another name or another folder. Nothing was changed.',
  }),
  'report-of-another': failure({
    exit: 'usage',
    facts: { path: text, dataset: text },
    problem: ({ path, dataset }) =>
      `${path} is not replaced: it is the report on another dataset than ${dataset}.`,
    remedy: 'Choose another name, or delete that report first.',
  }),
  'target-unwritable': failure({
    facts: { path: text, reason: text },
    problem: ({ path, reason }) => `${path}: cannot be written (${reason}).`,
    remedy: 'Choose a folder that you may write to, on a disk with free space.',
  }),
  'export-unverifiable': failure({
    exit: 'usage',
    facts: { network: number },
    problem: ({ network }) =>
      `The dataset of run ${network} was removed from the project, so its export cannot be verified.`,
    remedy: 'Add the dataset again and train on it.',
  }),
  'publication-missing': failure({
    exit: 'usage',
    facts: {},
    problem: () =>
      'A BioImage.IO package tells its authors, its licence and what to cite, each with a DOI or an address, and this project does not know them.',
    remedy: { kind: 'tell-publication' },
  }),
  'nothing-predicted': failure({
    exit: 'usage',
    facts: { dataset: text },
    problem: ({ dataset }) => `Nothing was predicted for ${dataset} yet.`,
    remedy: ({ dataset }) => ({ kind: 'predict-first', dataset }),
  }),
  'folder-not-empty': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) => `${path} holds other files.`,
    remedy: { kind: 'choose-empty-folder' },
  }),
};
