import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { userFolder } from '../../files/userFolder.ts';

/**
 * Folder of this user that holds the TensorFlow addon and its record: outside the installation, so that no administrator is
 * needed and an update of the product keeps it. CCNET_TENSORFLOW_HOME names another one.
 */
export function addonFolder(
  platform: NodeJS.Platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home = homedir(),
): string {
  const named = environment['CCNET_TENSORFLOW_HOME'];
  const paths = platform === 'win32' ? win32 : posix;
  return named || paths.join(userFolder(platform, environment, home), 'tensorflow');
}
