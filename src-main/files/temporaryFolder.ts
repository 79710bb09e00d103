import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partialName, sweepPartialFiles } from './partialFiles.ts';

/** Makes a folder that nobody else may read, to be removed after use. Those that killed processes left are removed before. */
export async function temporaryFolder(): Promise<string> {
  await sweepPartialFiles(tmpdir());
  const folder = partialName(join(tmpdir(), 'ccnet'));
  await mkdir(folder, { mode: 0o700 });
  return folder;
}
