import { spawn } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { once } from 'node:events';
import { CcnetError, reasonOf, throwIfCancelled } from '#common/errors.ts';
import type { AddonBuildPlan } from './addonBuildPlan.ts';
import { explainBuildFailure } from './explainBuildFailure.ts';

/**
 * Carries out a build plan. All that CMake and the compiler say goes to the file `log`.
 * @param library named in errors
 * @throws no-compiler, libtensorflow-mismatch or addon-build-failed; CancelledError soon after `signal` aborts
 */
export async function buildAddon(
  plan: AddonBuildPlan,
  library: string,
  log: string,
  signal: AbortSignal,
): Promise<void> {
  for (const step of [plan.configure, plan.build]) {
    const { code, output } = await cmake(step, signal);
    await appendFile(log, output);
    throwIfCancelled(signal, 'Setting up TensorFlow');
    if (code !== 0) throw explainBuildFailure(output, library, log);
  }
}

async function cmake(
  args: readonly string[],
  signal: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  // Messages are looked at below, so they must be English.
  const env = { ...process.env, LC_ALL: 'C', VSLANG: '1033' };
  const child = spawn('cmake', args, { stdio: ['ignore', 'pipe', 'pipe'], env, windowsHide: true });
  const stop = (): boolean => child.kill();
  signal.addEventListener('abort', stop);
  let output = '';
  const collect = (data: Buffer): void => {
    output += data.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output };
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new CcnetError('no-compiler', { started: false, reason }, { cause });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
