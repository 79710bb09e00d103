import { choice, list, number, optional, record, text } from './fact.ts';
import { failure } from './failure.ts';
import { FAMILY_WORDS } from '../network/familyWords.ts';
import { NETWORK_FAMILIES } from '../network/networkFamilies.ts';

const NO_LIBRARY = {
  'not-json': 'it is not JSON',
  'cut-off': 'it is not JSON, or it has been cut off',
} as const;

const family = choice(...NETWORK_FAMILIES);

const rejection = record({
  runs: number,
  why: choice('same-dataset', 'other-family', 'excluded', 'not-learnt', 'other-training-recipe'),
  /** Where that is why. */
  family: optional(text),
});

const REJECTED = {
  'same-dataset': () => 'of this dataset itself',
  'other-family': (family: string) => `of ${family}`,
  excluded: () => 'excluded by hand',
  'not-learnt': () => 'that did not learn',
  'other-training-recipe': () => 'trained by another recipe',
} as const;

/** What can be wrong with calibration libraries, and with what is asked of the runs in them. */
export const calibrationFailures = {
  'not-a-library': failure({
    facts: { why: choice('not-json', 'cut-off', 'other-json'), format: text },
    problem: ({ why, format }) =>
      `This is not a calibration library: ${why === 'other-json' ? `it does not say "format": "${format}" with a version and runs` : NO_LIBRARY[why]}.`,
    remedy: { kind: 'choose-library' },
  }),
  'library-newer': failure({
    facts: { version: number, supported: number },
    problem: ({ version, supported }) =>
      `This calibration library was written by a newer version of CC-Net Workstation (format ${version}; this program knows up to ${supported}).`,
    remedy: 'Update CC-Net Workstation, or ask for an export from the version that you have.',
  }),
  /** Beyond any size that calibration makes, refused before it is read in. */
  'library-too-large': failure({
    facts: { path: optional(text), has: number, most: number, of: choice('MiB', 'runs', 'datasets') },
    problem: ({ path, has, most, of }) =>
      `This calibration library is too large: ${path ?? 'it'} has ${has} ${of}, and at most ${most} are read.`,
    remedy:
      'A library holds a few kilobytes per trained network; check where the file comes from, or split it.',
  }),
  'library-unreadable': failure({
    facts: { path: text },
    problem: ({ path }) => `${path} cannot be read.`,
    remedy: 'Check the name, and that you may read the file.',
  }),
  'unknown-library': failure({
    exit: 'usage',
    facts: { library: text, known: list(text) },
    problem: ({ library }) => `No run of this project came from a library called "${library}".`,
    remedy: ({ known }) =>
      known.length > 0 ? `There are: ${known.join(', ')}.` : 'There is none but the starter library.',
  }),
  /** `rejected`: stored runs that were not used; empty when nothing is stored. */
  'not-calibrated': failure({
    facts: { family, width: number, rejected: list(rejection) },
    problem: ({ family, width, rejected }) => {
      const reasons = rejected.map(
        ({ runs, why, family }) => `${runs} ${runs === 1 ? 'run' : 'runs'} ${REJECTED[why](family ?? '')}`,
      );
      return [
        `No stored run of another dataset can predict ${FAMILY_WORDS[family].plain} of base width ${width}.`,
        ...(reasons.length > 0 ? [`Not used: ${reasons.join(', ')}.`] : []),
      ].join(' ');
    },
    remedy: ({ family, width }) => ({ kind: 'calibrate', network: FAMILY_WORDS[family].plain, width }),
  }),
  'nothing-to-choose-from': failure({
    exit: 'usage',
    facts: {},
    problem: () => 'There is no network to choose from.',
    remedy: 'Ask for at least one factor, such as 1/8.',
  }),
  'latency-not-measured': failure({
    exit: 'usage',
    facts: {},
    problem: () => 'Latency is limited, but it was not measured for every network.',
    remedy: 'Measure the latency of all candidates on this machine first, or drop the latency limit.',
  }),
};
