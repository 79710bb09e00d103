import { choice, number, optional, text } from './fact.ts';
import { failure } from './failure.ts';

const PROCESS = {
  project: 'The process that has the project open',
  media: 'The process that draws the pictures',
  job: 'The process of this job',
  trainer: 'A process that trains for this job',
} as const;

/** Failures of jobs as such, and of the processes that they run in. */
export const jobFailures = {
  'job-interrupted': failure({
    exit: 'internal',
    facts: {},
    problem: () => 'The program ended before the job did.',
    remedy: 'Resume it: it continues from what was kept.',
  }),
  /** Awaited at the window, and did not finish. */
  'job-not-finished': failure({
    exit: 'internal',
    facts: { job: text, state: text },
    problem: ({ job, state }) => `${job} was ${state}.`,
    remedy: 'Start it again when you like.',
  }),
  'job-without-request': failure({
    exit: 'usage',
    facts: { job: text },
    problem: ({ job }) => `"${job}" was stored by an older version, without what it was asked.`,
    remedy: 'Start it anew; what it had finished is used again.',
  }),
  'job-dataset-gone': failure({
    exit: 'usage',
    facts: { job: text },
    problem: ({ job }) => `"${job}" cannot go on: its dataset is not in this project any more.`,
    remedy: 'Add the folder of the dataset again, and start the job anew.',
  }),
  'job-gone': failure({
    exit: 'usage',
    facts: { job: number },
    problem: ({ job }) => `There is no job ${job}.`,
    remedy: 'Read the list again.',
  }),
  'dataset-in-use': failure({
    exit: 'usage',
    facts: { job: text },
    problem: ({ job }) => `The dataset is in use by the job "${job}".`,
    remedy: 'Cancel the job, or wait for it.',
  }),
  /** Of the processes that train side by side; told after it died twice within one epoch. */
  'trainer-died': failure({
    exit: 'internal',
    facts: { reason: text },
    problem: ({ reason }) =>
      `A process that trained a network of this sweep ended unexpectedly, twice: ${reason}`,
    remedy:
      'Start the same sweep again: it continues from the last epoch that was finished. If it happens again, memory may be short: let fewer trainings run side by side.',
  }),
  'worker-died': failure({
    exit: 'internal',
    facts: { role: choice('project', 'media', 'job', 'trainer'), code: number, reason: optional(text) },
    problem: ({ role, code, reason }) =>
      `${PROCESS[role]} ended unexpectedly (code ${code})${reason === null ? '.' : `: ${reason}`}`,
    remedy: ({ role }) =>
      role === 'job'
        ? 'Resume it: it continues from the last epoch that was finished. If it happens again, memory may be short: choose a smaller batch.'
        : 'Try again. Nothing that was stored is lost.',
  }),
};
