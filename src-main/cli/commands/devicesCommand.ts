import { formatBytes } from '../../contract/format.ts';
import type { Command } from '../command.ts';
import { runJob } from '../runJob.ts';

export const devices: Command = {
  name: 'devices',
  positionals: '',
  summary:
    'Lists the devices that can train, each with its self-test and measured speed, or the reason why it cannot be used.',
  options: {},
  example: 'ccnet devices',
  run: async (invocation) => {
    const json = await runJob({ kind: 'inspect-devices' }, invocation);
    const text = json.map((device) =>
      device.usable
        ? `${device.id}: ${device.name}; self-test ${device.selfTest ?? 'not run'}; ${device.stepMs?.toPrecision(3) ?? '?'} ms a step` +
          (device.memoryBytes === null ? '' : `; ${formatBytes(device.memoryBytes)} of memory`)
        : `${device.id}: not usable. ${device.reason ?? ''} ${device.remedy ?? ''}`,
    );
    return { json, text: text.join('\n') };
  },
};
