import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('../../src-main/cli.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in a process of its own. @param close which of its outputs nobody reads */
function run(words: readonly string[], close: 'stdout' | 'stderr' | null, out?: number): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', out ?? 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    if (name === close) child[name]?.destroy();
    else child[name]?.on('data', (chunk: Buffer) => (text[name] += chunk.toString()));
  }
  return new Promise((done) => child.on('close', (code, signal) => done({ code, signal, ...text })));
}

describe.skipIf(process.platform === 'win32')('a command whose output nobody takes', () => {
  it('does its work and ends well when the reader of its answer stops reading, as head does', async () => {
    const { code, stderr } = await run(['licences', 'sharp'], 'stdout');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('tells its failure by the exit code when nobody reads that either', async () => {
    expect(await run(['frobnicate'], 'stderr')).toMatchObject({ code: 2, signal: null });
  });

  it.runIf(process.platform === 'linux')(
    'fails, and says so, when the disk that takes its answer is full',
    async () => {
      const full = openSync('/dev/full', 'w');
      const { code, stderr } = await run(['network', 'unet'], null, full);
      expect(code).toBe(1);
      expect(stderr).toContain('could not be written to standard output (ENOSPC)');
    },
  );
});
