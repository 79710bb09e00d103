import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { type InspectedDevice, inspectedDeviceSchema } from '#common/device/device.ts';
import { CcnetError } from '#common/errors.ts';
import { problemOf, remedyOf } from '#common/failures/failures.ts';

/**
 * Loads and tests an addon in a process of its own: a TensorFlow that does not suit the processor ends its process without an error.
 * @param cli file of the command line, which is run as `devices --device tensorflow --json`
 * @param folder with the addon and its record
 * @throws addon-ended-process; addon-refused when it says that the device cannot be used
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
    throw new CcnetError('addon-ended-process', { ended: ended ?? `exit code ${code}` });
  }
  const { failure } = device;
  if (failure) {
    throw new CcnetError('addon-refused', { reason: problemOf(failure), remedy: remedyOf(failure) });
  }
  return device;
}

function deviceIn(output: string): InspectedDevice | undefined {
  try {
    return z.array(inspectedDeviceSchema).parse(JSON.parse(output))[0];
  } catch {
    return undefined;
  }
}
