import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

const PRODUCT = 'ccnet-workstation';

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
  if (named) return named;
  switch (platform) {
    case 'win32':
      return win32.join(
        environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'),
        PRODUCT,
        'tensorflow',
      );
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', PRODUCT, 'tensorflow');
    default:
      return posix.join(
        environment['XDG_DATA_HOME'] || posix.join(home, '.local', 'share'),
        PRODUCT,
        'tensorflow',
      );
  }
}
