import { formatBytes } from '../format.ts';
import { FAMILY_WORDS } from '../network/familyWords.ts';
import { formatFactor } from '../network/formatFactor.ts';
import { NETWORK_FAMILIES } from '../network/networkFamilies.ts';
import { choice, list, number, optional, record, text, type ValuesOf } from './fact.ts';
import { failure } from './failure.ts';

/** Ways to make a training fit, each alone; null where halving does not suffice. */
const fitting = {
  batch: optional(number),
  crop: optional(number),
  /** Only for uniform factors. */
  factor: optional(number),
  /** Smaller batch and crop together, when neither suffices alone. */
  both: optional(record({ batch: number, crop: number })),
};

/** The ways in words. */
function fittingWords({ batch, crop, factor, both }: ValuesOf<typeof fitting>): string {
  const ways = [
    ...(batch === null ? [] : [`a batch of ${batch}`]),
    ...(crop === null ? [] : [`crops of ${crop} pixels`]),
    ...(both === null ? [] : [`a batch of ${both.batch} and crops of ${both.crop} pixels`]),
    ...(factor === null ? [] : [`no factor above ${formatFactor(factor)}`]),
  ];
  return ways.length === 0
    ? 'Close other programs, train on a machine with more memory, or choose a smaller width of the base network.'
    : `It fits with ${ways.join(', or ')}. Closing other programs frees memory, too.`;
}

/** What can be wrong with a training that is to begin or to go on, and with a trained network that is looked for. */
export const trainingFailures = {
  /** It would need more memory than there is; nothing of it was begun. Bytes. */
  'memory-insufficient': failure({
    facts: {
      family: choice(...NETWORK_FAMILIES),
      width: number,
      factor: text,
      batch: number,
      crop: number,
      needed: number,
      available: number,
      fitting: record(fitting),
    },
    problem: ({ family, width, factor, batch, crop, needed, available }) =>
      `Training ${FAMILY_WORDS[family].plain} of width ${width} at factor ${factor} with a batch of ${batch} and crops of ` +
      `${crop} pixels needs ${formatBytes(needed)} of memory; ${formatBytes(Math.round(available))} are free.`,
    remedy: (facts) => fittingWords(facts.fitting),
  }),
  /** Told once; starting the training again discards the state. */
  'checkpoint-unusable': failure({
    facts: { training: number, reason: text },
    problem: ({ training, reason }) => `Training ${training} cannot go on from its stored state. ${reason}`,
    remedy:
      'Restore the project from a backup to go on from there; or start the same work again: the stored state is then discarded, and this network trained from the beginning.',
  }),
  'unknown-training': failure({
    exit: 'usage',
    facts: { training: number, unfinished: list(record({ training: number, factor: text })) },
    problem: ({ training }) => `The project has no unfinished training ${training}.`,
    remedy: ({ unfinished }) => ({
      kind: 'choose-training',
      known: unfinished.map(({ training, factor }) => `${training} (factor ${factor})`),
    }),
  }),
  'unknown-network': failure({
    exit: 'usage',
    facts: { network: number, known: list(number) },
    problem: ({ network }) => `The project has no trained network ${network}.`,
    remedy: ({ known }) => ({ kind: 'choose-network', known }),
  }),
  'outcome-gone': failure({
    exit: 'usage',
    facts: { outcome: number },
    problem: ({ outcome }) =>
      `The network of result ${outcome}, or its dataset, is no longer in the project.`,
    remedy: 'Train it again, then check its goal.',
  }),
  'network-or-dataset-gone': failure({
    exit: 'usage',
    facts: { network: number },
    problem: ({ network }) => `Network ${network} or its dataset is no longer in the project.`,
    remedy: 'Train it again to see its predictions.',
  }),
};
