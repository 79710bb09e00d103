import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { type InspectedDevice, inspectedDeviceSchema } from '#common/device/device.ts';
import { AddonRefusedError } from './setupErrors.ts';

/**
 * Loads and tests an addon in a process of its own: a TensorFlow that does not suit the processor ends its process without an error.
 * @param cli file of the command line, which is run as `devices --device tensorflow --json`
 * @param folder with the addon and its record
 * @throws AddonRefusedError when the process dies, or says that the device cannot be used
 */
export async function tryAddon(cli: string, folder: string): Promise<InspectedDevice> {
  const child = spawn(process.execPath, [cli, 'devices', '--device', 'tensorflow', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, CCNET_TENSORFLOW_HOME: folder },
    windowsHide: true,
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const [code, ended] = (await once(child, 'close')) as [number | null, string | null];
  const device = deviceIn(output);
  if (code !== 0 || !device) {
    throw new AddonRefusedError(
      `TensorFlow ended its process (${ended ?? `exit code ${code}`}).`,
      'The processor may lack instructions that this TensorFlow needs, or its libraries do not fit together. Take another build of TensorFlow.',
    );
  }
  if (!device.usable) throw new AddonRefusedError(device.reason ?? '', device.remedy ?? '');
  return device;
}

function deviceIn(output: string): InspectedDevice | undefined {
  try {
    return z.array(inspectedDeviceSchema).parse(JSON.parse(output))[0];
  } catch {
    return undefined;
  }
}
