import { spawn } from 'node:child_process';
import type { Count, Step } from './step.ts';

export interface StepResult extends Count {
  readonly name: string;
  readonly ok: boolean;
  /** The last lines that the step printed, where it did not write to a terminal. */
  readonly ending: string;
}

const ABREAST = 2;

/** Lines: a test program's list of what failed. */
const ENDING = 60;

/**
 * Runs a step's program. What a step that runs alone prints is shown as it comes, in colours where that is a terminal.
 * @returns whether it succeeded, and what it printed unless to a terminal
 */
function run(
  { script, args, alone }: Step,
  say: (text: string) => void,
): Promise<{ ok: boolean; output: string }> {
  return new Promise((settle) => {
    const chunks: Buffer[] = [];
    const child = spawn(process.execPath, [script, ...args], {
      stdio: alone && process.stdout.isTTY ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer): void => {
      chunks.push(chunk);
      if (alone) say(chunk.toString());
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
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
    say(`\n--- ${step.name}: left out, ${missing}\n`);
    return [];
  }
  if (step.alone) say(`\n--- ${step.name}\n`);
  const started = Date.now();
  const { ok, output } = await run(step, say);
  const verdict = `${ok ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`;
  say(`\n${step.alone ? '' : output}--- ${step.name}: ${verdict}\n`);
  const ending = output.trimEnd().split('\n').slice(-ENDING).join('\n');
  return [{ name: step.name, ok, ending, ...countOf(step, ok) }];
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
