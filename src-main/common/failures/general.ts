import { text } from './fact.ts';
import { failure } from './failure.ts';

/** Failures that no room owns. */
export const generalFailures = {
  cancelled: failure({
    exit: 'cancelled',
    facts: { what: text },
    problem: ({ what }) => `${what} was cancelled.`,
    remedy: 'Start it again to continue from what was kept.',
  }),
  'out-of-memory': failure({
    exit: 'internal',
    facts: {},
    problem: () => 'The memory of this computer did not suffice for what was being computed.',
    remedy: 'Close other programs, or take a smaller batch, crop or network, then try again.',
  }),
  'program-fault': failure({
    exit: 'internal',
    facts: { reason: text },
    problem: ({ reason }) => reason,
    remedy: { kind: 'report-fault' },
  }),
  /** Stored by a version that kept no data of it. */
  'told-by-older-version': failure({
    exit: 'internal',
    facts: { words: text },
    problem: ({ words }) => words,
    remedy: [],
  }),
};
