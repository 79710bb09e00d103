import { spawnSync } from 'node:child_process';

export interface MeasuredCommand {
  readonly seconds: number;
  /** Peak of the resident memory of the process, in MB. */
  readonly peak: number;
  readonly exitCode: number | null;
  readonly output: string;
}

const cli = new URL('../../src-main/cli.ts', import.meta.url).href;
const PROGRAM = `process.on('exit', () => console.error('peak ' + Math.round(process.resourceUsage().maxRSS / 1024)));
process.argv.splice(1, 0, 'ccnet');
await import(${JSON.stringify(cli)});`;

/** Runs `ccnet` from its sources in a process of its own. */
export function measuredCli(words: readonly string[]): MeasuredCommand {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', PROGRAM, '--', ...words],
    { encoding: 'utf8', timeout: 900_000, maxBuffer: 2 ** 28 },
  );
  return {
    seconds: (performance.now() - started) / 1000,
    peak: Number(/peak (\d+)/.exec(stderr)?.[1] ?? Number.NaN),
    exitCode: status,
    output: stdout + stderr,
  };
}
