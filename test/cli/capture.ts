import { PassThrough } from 'node:stream';
import { runCli } from '../../src-main/cli/runCli.ts';

export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `ccnet` in this process and keeps what it writes. */
export async function capture(
  words: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<CliRun> {
  const text = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): NodeJS.WriteStream => {
    const pass = new PassThrough();
    pass.on('data', (chunk: Buffer) => (text[name] += chunk.toString()));
    return Object.assign(pass, { isTTY: false, columns: 100 }) as unknown as NodeJS.WriteStream;
  };
  const exitCode = await runCli(words, signal, { stdout: stream('stdout'), stderr: stream('stderr') });
  return { exitCode, ...text };
}
