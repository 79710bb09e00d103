import { z } from 'zod';
import { formatBytes } from '#common/format.ts';
import { formatFactor } from '#common/network/factor.ts';
import { networkSpecSchema } from '#common/network/network.ts';
import { networkCost } from '../../network/networkCost.ts';
import type { Command } from '../command.ts';
import { NETWORK } from '../optionSpecs.ts';
import { alphasOption, checked, familyOf, numberOption, widthOption } from '../readOptions.ts';
import { table } from '../table.ts';

const side = z.number().int().min(32).max(16384);

export const network: Command = {
  name: 'network',
  positionals: '[unet|fcn8s|cumedvision]',
  summary:
    'Counts parameters, multiply-accumulates and peak activation memory of a base network at several factors.',
  options: {
    width: {
      ...NETWORK['width'],
      value: 'N',
      help: 'filters of the first level of the base network',
    },
    channels: { value: 'N', help: 'input channels: 1 grey, 3 colour', default: '3' },
    classes: { value: 'N', help: 'output classes, background included', default: '2' },
    alphas: { ...NETWORK['alphas'], value: 'LIST', help: 'multiplicative factors, separated by commas' },
    side: { value: 'PIXELS', help: 'side of the square input for MACs and memory', default: '256' },
  },
  example: 'ccnet network unet --width 64 --channels 3 --alphas "1,1/2,1/4"',
  run: async ({ positionals, options }) => {
    const family = familyOf(positionals[0]);
    const pixels = checked(side, numberOption(options, 'side') ?? 256, () => '--side');
    const json = alphasOption(options).map((alpha) => {
      const spec = {
        family,
        width: widthOption(options),
        channels: numberOption(options, 'channels') ?? 3,
        classes: numberOption(options, 'classes') ?? 2,
        factor: alpha,
      };
      const cost = networkCost(
        checked(networkSpecSchema, spec, (field) => `--${field}`),
        pixels,
        pixels,
      );
      return { alpha, parameters: cost.parameters, macs: cost.macs, activationBytes: cost.activationBytes };
    });
    const rows = json.map(({ alpha, parameters, macs, activationBytes }) => [
      formatFactor(alpha),
      parameters.toLocaleString('en-GB'),
      `${(macs / 1e9).toPrecision(4)} G`,
      formatBytes(activationBytes),
    ]);
    return {
      json,
      text: table(['factor', 'parameters', `MACs at ${pixels}x${pixels}`, 'peak activations'], rows),
    };
  },
};
