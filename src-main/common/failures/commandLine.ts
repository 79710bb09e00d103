import { choice, list, text } from './fact.ts';
import { failure } from './failure.ts';

const SEE_HELP = 'See --help for the usage.';

/** What can be wrong with the words of a command. Only the command line knows these, and their words are for it alone. */
export const commandLineFailures = {
  /** The work is done; nobody got its answer. */
  'output-unwritable': failure({
    exit: 'internal',
    facts: { reason: text },
    problem: ({ reason }) => `The answer could not be written to standard output (${reason}).`,
    remedy:
      'What was done is kept. Free some space or write the output elsewhere, then run the command again.',
  }),
  'unknown-command': failure({
    exit: 'usage',
    facts: { given: text, similar: list(text) },
    problem: ({ given }) => `"${given}" is not a command of ccnet.`,
    remedy: ({ similar }) =>
      similar.length > 0 ? `Use one of: ${similar.join(', ')}.` : 'See the commands with: ccnet --help',
  }),
  'wrong-options': failure({
    exit: 'usage',
    facts: { reason: text, usage: text },
    problem: ({ reason }) => reason,
    remedy: ({ usage }) => `Usage: ${usage}; more with --help.`,
  }),
  'unknown-option': failure({
    exit: 'usage',
    facts: { option: text, command: text, similar: list(text) },
    problem: ({ option, command }) => `ccnet ${command} has no option --${option}.`,
    remedy: ({ command, similar }) =>
      similar.length > 0
        ? `Use ${similar.map((name) => `--${name}`).join(' or ')}.`
        : `See its options with: ccnet ${command} --help`,
  }),
  'option-missing': failure({
    exit: 'usage',
    facts: { option: text },
    problem: ({ option }) => `--${option} is missing.`,
    remedy: ({ option }) => `Add --${option} with its value.`,
  }),
  'option-not-a-window': failure({
    exit: 'usage',
    facts: { given: text },
    problem: ({ given }) => `--window ${given} is no window.`,
    remedy: 'Give its centre and its width, such as --window "40,400", or --window file.',
  }),
  'option-not-slices': failure({
    exit: 'usage',
    facts: { given: text },
    problem: ({ given }) => `--slices ${given} is no choice of slices.`,
    remedy: 'Give a range from 1, such as 20-80 or 20-80/3, or --slices marked.',
  }),
  'option-not-a-mask-value': failure({
    exit: 'usage',
    facts: { option: text, given: text },
    problem: ({ option, given }) => `--${option} takes values of a mask, and "${given}" is none.`,
    remedy: 'Give a number as it is stored, such as 2, or a colour, such as #ff0000.',
  }),
  'option-not-a-number': failure({
    exit: 'usage',
    facts: { option: text, given: text },
    problem: ({ option, given }) => `--${option} ${given} is not a number.`,
    remedy: 'Give a number such as 0.95, 40 or 2M.',
  }),
  'option-not-a-share': failure({
    exit: 'usage',
    facts: { option: text, given: text },
    problem: ({ option, given }) => `--${option} ${given} is neither a share of 1 nor a percentage.`,
    remedy: ({ option }) => `Give more than 0 and at most 1, such as --${option} 0.95, or a percentage: 95%.`,
  }),
  'option-not-known': failure({
    exit: 'usage',
    facts: { option: text, given: text, choices: list(text) },
    problem: ({ option, given }) => `--${option} ${given} is not known.`,
    remedy: ({ choices }) => `Choose one of: ${choices.join(', ')}.`,
  }),
  'option-of-executor': failure({
    exit: 'usage',
    facts: { option: text, executor: text },
    problem: ({ option, executor }) => `--${option} means something with --executor ${executor} only.`,
    remedy: ({ option, executor }) => `Add --executor ${executor}, or leave --${option} out.`,
  }),
  'option-of-card': failure({
    exit: 'usage',
    facts: { option: text },
    problem: ({ option }) => `--${option} means something with a card of this machine only.`,
    remedy: ({ option }) => `Add --device webgpu or --device tensorflow, or leave --${option} out.`,
  }),
  'value-out-of-range': failure({
    exit: 'usage',
    facts: { name: text, reason: text },
    problem: ({ name, reason }) => `${name}: ${reason}.`,
    remedy: 'See --help for the values that it takes.',
  }),
  'argument-missing': failure({
    exit: 'usage',
    facts: { what: text },
    problem: ({ what }) => `Missing: ${what}.`,
    remedy: SEE_HELP,
  }),
  'too-many-arguments': failure({
    exit: 'usage',
    facts: { given: list(text), expected: text, command: text },
    problem: ({ command, given }) => `Too many arguments for ccnet ${command}: ${given.join(' ')}.`,
    remedy: ({ expected }) =>
      `${expected === '' ? 'It takes none but its options' : `Give only ${expected}`}; quote names with spaces.`,
  }),
  'no-such-notice': failure({
    exit: 'usage',
    facts: { name: text },
    problem: ({ name }) => `Nothing in this program is called "${name}".`,
    remedy: 'See the names with: ccnet licences',
  }),
  'no-dataset-named': failure({
    exit: 'usage',
    facts: {},
    problem: () => 'No dataset is named.',
    remedy: 'Name one or more: ccnet calibrate NAME...',
  }),
  'not-a-run-number': failure({
    exit: 'usage',
    facts: { given: text },
    problem: ({ given }) => `"${given}" is not the number of a run.`,
    remedy: 'See the numbers with: ccnet run list',
  }),
  'not-a-training-number': failure({
    exit: 'usage',
    facts: { given: text },
    problem: ({ given }) => `"${given}" is not the number of a training.`,
    remedy: 'See the numbers with: ccnet run list --unfinished',
  }),
  'one-tensorflow-needed': failure({
    exit: 'usage',
    facts: { named: choice('none', 'two') },
    problem: ({ named }) => (named === 'none' ? 'No TensorFlow is named.' : 'Two TensorFlows are named.'),
    remedy: 'Give either --python PYTHON (one that has TensorFlow) or --libtensorflow DIR.',
  }),
};
