import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

const PRODUCT = 'ccnet-workstation';

/** Folder in which this user's command line keeps what belongs to no project. */
export function userFolder(
  platform: NodeJS.Platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home = homedir(),
): string {
  switch (platform) {
    case 'win32':
      return win32.join(environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), PRODUCT);
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', PRODUCT);
    default:
      return posix.join(environment['XDG_DATA_HOME'] || posix.join(home, '.local', 'share'), PRODUCT);
  }
}
