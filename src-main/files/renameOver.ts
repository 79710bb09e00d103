import { rename } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** What Windows answers while another program, a virus scanner mostly, still looks into one of both. */
const HELD = ['EACCES', 'EBUSY', 'EPERM'];
/** Pauses before each further attempt on Windows, in milliseconds: 1.3 s together. Elsewhere a name that cannot be taken stays so. */
const PAUSES = [10, 20, 50, 100, 200, 400, 500];

export interface Renaming {
  readonly pauses?: readonly number[];
  readonly move?: (from: string, to: string) => Promise<void>;
}

/**
 * Gives a file or folder another name, in place of what had it, and tries again for a while where Windows says that it is held.
 * @throws what the last attempt threw
 */
export async function renameOver(
  from: string,
  to: string,
  { pauses = process.platform === 'win32' ? PAUSES : [], move = rename }: Renaming = {},
): Promise<void> {
  for (const ms of pauses) {
    try {
      await move(from, to);
      return;
    } catch (cause) {
      if (!HELD.includes((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
      await pause(ms);
    }
  }
  await move(from, to);
}
