import { DEVICES } from '#common/device/device.ts';
import { type NetworkSpec, networkSpecSchema } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { Command, OptionSpec } from '../command.ts';
import { NETWORK, TRAINING } from '../optionSpecs.ts';
import {
  alphasOption,
  checked,
  familyOf,
  numberOption,
  type Options,
  recipeOption,
  textOption,
  widthOption,
  wordOption,
} from '../readOptions.ts';
import { runJob } from '../runJob.ts';
import { deviceJson, deviceText } from './deviceText.ts';
import { timedSizesText } from './timedSizesText.ts';

/** What a training step's time depends on. */
const TIMED: Readonly<Record<string, OptionSpec>> = {
  width: { ...NETWORK['width'], help: 'filters of the first level of the base network' },
  alphas: { ...NETWORK['alphas'], help: 'multiplicative factors, separated by commas' },
  channels: { value: 'N', help: 'input channels: 1 grey, 3 colour', default: '3' },
  batch: { ...TRAINING['batch'], help: 'crops a step' },
  crop: { ...TRAINING['crop'], help: 'side of the training crops, a multiple of 16' },
};

function networksOf(options: Options): { networks: NetworkSpec[]; recipe: TrainingRecipe } {
  const family = familyOf(textOption(options, 'network'));
  const width = widthOption(options);
  const channels = numberOption(options, 'channels') ?? 3;
  const networks = alphasOption(options).map((factor) =>
    checked(networkSpecSchema, { family, width, channels, classes: 2, factor }, (field) => `--${field}`),
  );
  return { networks, recipe: recipeOption(options) };
}

export const devices: Command = {
  name: 'devices',
  positionals: '',
  summary:
    'Lists the devices that can train, each with its self-test and measured speed, or the reason why it cannot be used.',
  options: {
    device: { value: 'DEVICE', help: `only this one: ${DEVICES.join(', ')}`, default: 'all' },
    network: {
      ...NETWORK['network'],
      value: 'FAMILY',
      help: 'also time a training step of this base network at every factor, and say which device is fastest',
    },
    ...TIMED,
  },
  example: 'ccnet devices --network unet --width 64 --alphas "1,1/4,1/32"',
  run: async (invocation) => {
    const { options } = invocation;
    const named = textOption(options, 'device') !== undefined;
    const only = named ? [wordOption(options, 'device', DEVICES, 'native')] : undefined;
    const asked = ['network', ...Object.keys(TIMED)].some((name) => options[name] !== undefined);
    const train = asked ? networksOf(options) : undefined;
    const found = await runJob('inspect-devices', invocation, () => ({ only, train }));
    const text = [...found.map(deviceText), ...(train ? [timedSizesText(found)] : [])].join('\n');
    return { json: found.map(deviceJson), text };
  },
};
