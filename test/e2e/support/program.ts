import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeDeadSockets } from '../../host/instanceSocket.ts';
import { ElectronProgram } from '../../electron/electronProgram.ts';
import { Program, type ProgramOptions } from '../../host/program.ts';
import type { RunningProgram } from '../../host/runningProgram.ts';

/** An empty folder, gone when the test has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Whether these tests run in a real Electron (test/electron/setup.ts), not in the stand-in for it. */
export const IN_ELECTRON = process.env['CCNET_ELECTRON_RUNTIME'] !== undefined;

/** Starts the program for a new user, or for the one whose data is given; it ends with the test. */
export function startProgram({
  data,
  ...options
}: ProgramOptions & { readonly data?: string } = {}): RunningProgram {
  const program = new (IN_ELECTRON ? ElectronProgram : Program)(data ?? temporaryFolder(), options);
  onTestFinished(async () => {
    await program.kill();
    await removeDeadSockets();
  });
  return program;
}
