import { DEVICES } from '#common/device/device.ts';
import type { Command } from '../command.ts';
import { textOption, wordOption } from '../readOptions.ts';
import { runJob } from '../runJob.ts';
import { deviceJson, deviceText } from './deviceText.ts';

export const devices: Command = {
  name: 'devices',
  positionals: '',
  summary:
    'Lists the devices that can train, each with its self-test and measured speed, or the reason why it cannot be used.',
  options: { device: { value: 'DEVICE', help: `only this one: ${DEVICES.join(', ')}`, default: 'all' } },
  example: 'ccnet devices',
  run: async (invocation) => {
    const { options } = invocation;
    const named = textOption(options, 'device') !== undefined;
    const only = named ? [wordOption(options, 'device', DEVICES, 'native')] : undefined;
    const found = await runJob('inspect-devices', invocation, () => ({ only }));
    return { json: found.map(deviceJson), text: found.map(deviceText).join('\n') };
  },
};
