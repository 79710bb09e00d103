import { FAMILY_WORDS } from '../network/familyWords.ts';
import { NETWORK_FAMILIES } from '../network/networkFamilies.ts';
import { choice, number, text } from './fact.ts';
import { failure } from './failure.ts';

const family = choice(...NETWORK_FAMILIES);

/** What can be wrong with a network that is asked for: its size, its factor, what it is given. */
export const networkFailures = {
  'not-a-factor': failure({
    exit: 'usage',
    facts: { given: text },
    problem: ({ given }) => `"${given}" is not a multiplicative factor.`,
    remedy: 'Give numbers above 0 and up to 1, such as 1, 0.5 or 1/8.',
  }),
  'size-not-a-multiple': failure({
    exit: 'usage',
    facts: { family, multiple: number, width: number, height: number },
    problem: ({ family, multiple, width, height }) =>
      `${FAMILY_WORDS[family].plain} takes images whose height and width are multiples of ${multiple}; ${height}x${width} is not.`,
    remedy: ({ multiple, width, height }) =>
      `Give a size such as ${roundUp(height, multiple)}x${roundUp(width, multiple)}.`,
  }),
  'crop-not-a-multiple': failure({
    exit: 'usage',
    facts: { family, multiple: number, crop: number },
    problem: ({ family, multiple, crop }) =>
      `${FAMILY_WORDS[family].plain} learns from crops whose side is a multiple of ${multiple}; ${crop} is not.`,
    remedy: ({ multiple, crop }) => `Set the crop to ${roundUp(crop, multiple)}.`,
  }),
  'classes-not-trained': failure({
    exit: 'usage',
    facts: { classes: number },
    problem: ({ classes }) => `The trainer separates foreground from background: 2 classes, not ${classes}.`,
    remedy: 'Give the network 2 classes.',
  }),
  'channels-differ': failure({
    exit: 'usage',
    facts: { network: number, images: number },
    problem: ({ network, images }) => `The network takes ${network} channels, the images have ${images}.`,
    remedy: ({ images }) => `Give the network ${images} channels.`,
  }),
  'other-weights': failure({
    facts: {
      difference: choice('count', 'name', 'shape', 'values'),
      tensor: text,
      wanted: text,
      given: text,
    },
    problem: ({ difference, tensor, wanted, given }) => {
      const differs = {
        count: `it has ${wanted} tensors, ${given} were given`,
        name: `its ${tensor} is not among them`,
        shape: `its ${tensor} has shape [${wanted}], that of the given one is [${given}]`,
        values: `${tensor} holds values that no network has`,
      };
      return `These are the weights of another network: ${differs[difference]}.`;
    },
    remedy: 'Train the network again, or take the project file from a backup.',
  }),
  'preparation-of-before': failure({
    exit: 'usage',
    facts: {},
    problem: () =>
      'This training was planned by an earlier version, which brought images and masks to the working resolution in another way; that is no longer done.',
    remedy: 'Start it anew.',
  }),
  'split-empty': failure({
    facts: { split: choice('training', 'validation', 'test') },
    problem: ({ split }) => `There is no image in the ${split} split.`,
    remedy:
      'Add images to the dataset, or change its splits, so that training and validation have at least one each.',
  }),
};

const roundUp = (size: number, multiple: number): number =>
  Math.max(1, Math.ceil(size / multiple)) * multiple;
