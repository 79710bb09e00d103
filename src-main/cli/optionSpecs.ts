import { DEVICES } from '#common/device/device.ts';
import { DEFAULT_ALPHAS } from '#common/network/defaultAlphas.ts';
import { DEFAULT_NETWORK } from '#common/network/defaultNetwork.ts';
import { formatFactor } from '#common/network/formatFactor.ts';
import { NETWORK_FAMILIES } from '#common/network/network.ts';
import { DEFAULT_LIMITS } from '#common/prediction/defaultLimits.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { DEFAULT_FORMATS } from '#contract/jobs/defaultFormats.ts';
import { exportFormatSchema } from '#contract/jobs/requestFields.ts';
import type { OptionSpec } from './command.ts';

type Specs = Readonly<Record<string, OptionSpec>>;

const PROJECT_FILE: OptionSpec = { value: 'FILE.ccnet', help: 'project file', required: true };

export const PROJECT: Specs = { project: PROJECT_FILE };

/** Of commands that make the project file where there is none. */
export const NEW_PROJECT: Specs = {
  project: { ...PROJECT_FILE, help: 'project file; made when it does not exist' },
  'no-library': {
    help: 'when the project file is made: leave out the starter library, which new projects hold otherwise',
  },
};

export const NETWORK: Specs = {
  network: {
    value: 'FAMILY',
    help: `base network: ${NETWORK_FAMILIES.join(', ')}`,
    default: DEFAULT_NETWORK.family,
  },
  width: {
    value: 'N',
    help: 'filters of the first level of the base network',
    default: String(DEFAULT_NETWORK.width),
  },
  alphas: {
    value: 'LIST',
    help: 'multiplicative factors, separated by commas',
    default: DEFAULT_ALPHAS.map(formatFactor).join(','),
  },
};

/** Formats of exported networks, the value of --format and --formats. */
export const FORMATS: OptionSpec = {
  value: 'LIST',
  help: `formats to export: ${exportFormatSchema.options.join(', ')}`,
  default: DEFAULT_FORMATS.join(','),
};

export const LIMITS: Specs = {
  retain: {
    value: 'SHARE',
    help: `least share of the base network's accuracy, such as 0.95 or 95%; ${DEFAULT_LIMITS.retain} where no goal is given`,
  },
  'min-dice': { value: 'DICE', help: 'least mean Dice on unseen images, such as 0.85 or 85%' },
  'max-params': { value: 'N', help: 'most parameters; k and M may be used' },
  'max-bytes': { value: 'N', help: 'largest exported file in bytes; k, M and G may be used' },
  'max-latency-ms': {
    value: 'MS',
    help: 'longest time for one image, measured on the processor of this machine with all its cores',
  },
  'max-memory': { value: 'N', help: 'most activation memory for one image in bytes; k, M and G may be used' },
  safe: { help: 'ask that the accuracy goals are met with a chance of 85 %, not 67 %' },
};

export const TRAINING: Specs = {
  epochs: { value: 'N', help: 'epochs of training', default: String(DEFAULT_RECIPE.epochs) },
  steps: { value: 'N', help: 'optimisation steps an epoch', default: String(DEFAULT_RECIPE.stepsPerEpoch) },
  batch: { value: 'N', help: 'crops a step', default: String(DEFAULT_RECIPE.batch) },
  crop: {
    value: 'PIXELS',
    help: 'side of the training crops, a multiple of 16',
    default: String(DEFAULT_RECIPE.crop),
  },
  'working-side': {
    value: 'PIXELS',
    help: 'shorter side to which images are resized',
    default: String(DEFAULT_RECIPE.workingSide),
  },
  'learning-rate': {
    value: 'RATE',
    help: 'peak learning rate of Adam for 16 filters in the first level; narrower networks learn faster',
    default: String(DEFAULT_RECIPE.learningRate),
  },
  distil: {
    value: 'FILTERS',
    help: 'learn also from what a trained network of so many filters in the first level says (trained first where there is none)',
  },
  patience: {
    value: 'N',
    help: 'epochs without improvement before stopping; 0 never',
    default: String(DEFAULT_RECIPE.patience),
  },
  device: { value: 'DEVICE', help: `device to train on: ${DEVICES.join(', ')}`, default: 'native' },
  threads: { value: 'N', help: 'threads of the native device', default: 'all cores' },
};

const SEEN_AND_COMPUTED = ['working-side', 'device', 'threads'];

/** Of the command that trains a probe: what `predict` asks, and which size to train. */
export const PROBE: Specs = {
  ...PROJECT,
  at: { value: 'LIST', help: 'factors to train; the one that is advised where none is named' },
  ...NETWORK,
  ...LIMITS,
  ...Object.fromEntries(Object.entries(TRAINING).filter(([name]) => SEEN_AND_COMPUTED.includes(name))),
};
