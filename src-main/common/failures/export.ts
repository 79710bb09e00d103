import { number, text } from './fact.ts';
import { failure } from './failure.ts';

/** What can go wrong with files that are written for others. */
export const exportFailures = {
  /** Run again, the file does not agree with the trained network; nothing was left behind. */
  'export-differs': failure({
    facts: { file: text, difference: number, tolerance: number },
    problem: ({ file, difference, tolerance }) =>
      `${file}: the exported network differs from the trained one by ${difference.toExponential(2)} (at most ${tolerance} is allowed).`,
    remedy: 'The file was not kept. Please report this with the network family, factor and product version.',
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
