import { choice, optional, text } from './fact.ts';
import { failure } from './failure.ts';

/** Failures that only the desktop app knows; their words are for the window alone. */
export const windowFailures = {
  'foreign-page': failure({
    exit: 'internal',
    facts: {},
    problem: () => 'This page may not call the program.',
    remedy: 'Restart CC-Net Workstation.',
  }),
  'call-refused': failure({
    exit: 'usage',
    facts: { call: text, field: optional(text), reason: text },
    problem: ({ reason }) => `What was entered was refused: ${reason}.`,
    remedy: 'Check it; nothing has been done.',
  }),
  'no-answer': failure({
    exit: 'internal',
    facts: {},
    problem: () => 'The program did not answer.',
    remedy: 'Try again; if it stays so, restart it. Nothing stored is lost.',
  }),
  'window-fault': failure({
    exit: 'internal',
    facts: {},
    problem: () => 'Something went wrong in this window.',
    remedy: 'Try again, or restart the program.',
  }),
  'no-project-open': failure({
    exit: 'usage',
    facts: {},
    problem: () => 'No project is open.',
    remedy: 'Open a project or make a new one first.',
  }),
  'project-lost': failure({
    exit: 'internal',
    facts: { project: text, reason: text },
    problem: ({ project, reason }) => `${project} was closed: ${reason}`,
    remedy: 'Open it again; its jobs can then be resumed.',
  }),
  'path-not-chosen': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) => `${path} has not been chosen by you in this program.`,
    remedy: 'Choose it with the button, or drop it on the window.',
  }),
  'not-a-result': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) => `${path} is not a result of this project, or is no longer there.`,
    remedy: 'Open its folder in the file browser of your system.',
  }),
  'result-gone': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) => `${path} is no longer there: it was moved, renamed or deleted.`,
    remedy: 'Write it again: export the network, or write the report, to a folder that you choose.',
  }),
  'not-a-plot': failure({
    exit: 'usage',
    facts: { format: choice('svg', 'png') },
    problem: ({ format }) => `The plot is no ${format.toUpperCase()} picture; nothing was saved.`,
    remedy: 'Try the other format.',
  }),
  'nothing-moved': failure({
    exit: 'usage',
    facts: {},
    problem: () => 'That relocation cannot be taken back any more.',
    remedy: 'Locate the folder again in the view of the dataset.',
  }),
};
