import { spawn } from 'node:child_process';
import type { Count, Step } from './step.ts';

export interface StepResult extends Count {
  readonly name: string;
  readonly ok: boolean;
}

const ABREAST = 2;

/** Runs a step's program. @returns whether it succeeded, and what it printed unless that was shown as it came */
function run({ script, args, alone }: Step): Promise<{ ok: boolean; output: string }> {
  return new Promise((settle) => {
    const chunks: Buffer[] = [];
    const child = spawn(process.execPath, [script, ...args], {
      stdio: alone ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', (code) => settle({ ok: code === 0, output: Buffer.concat(chunks).toString() }));
  });
}

/** Counts of a finished step. What ended badly counts as failed even when all of the tests that it counted passed. */
function countOf({ count }: Step, ok: boolean): Count {
  if (!count) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  try {
    const { passed, failed } = count();
    return { passed, failed: Math.max(failed, ok ? 0 : 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

async function runStep(step: Step, say: (text: string) => void): Promise<StepResult[]> {
  const missing = step.missing?.() ?? null;
  if (missing !== null) {
    say(`--- ${step.name}: left out, ${missing}\n`);
    return [];
  }
  if (step.alone) say(`--- ${step.name}\n`);
  const started = Date.now();
  const { ok, output } = await run(step);
  const verdict = `${ok ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`;
  say(`${output}--- ${step.name}: ${verdict}\n`);
  return [{ name: step.name, ok, ...countOf(step, ok) }];
}

/**
 * Runs steps in their order, two at a time, but those marked `alone` with nothing beside them. Goes on after a failure, so that
 * one run shows them all.
 * @param say prints; the output of steps that run abreast comes when they end, whole
 * @returns one result per step that could run
 */
export async function runSteps(
  steps: readonly Step[],
  say: (text: string) => void,
): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  const waiting = [...steps];
  const worker = async (): Promise<void> => {
    for (let step = waiting[0]; step && !step.alone; step = waiting[0]) {
      waiting.shift();
      results.push(...(await runStep(step, say)));
    }
  };
  while (waiting.length > 0) {
    await Promise.all(Array.from({ length: ABREAST }, worker));
    const step = waiting.shift();
    if (step) results.push(...(await runStep(step, say)));
  }
  return results;
}
