import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDataset, type Tissue } from '../../src-main/demo/generateDataset.ts';
import { capture } from '../cli/capture.ts';

/** The command lines of the README, word by word as a shell splits them. */
async function examples(): Promise<string[][]> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const lines = readme.split('\n').filter((line) => line.startsWith('npx ccnet '));
  return lines.map((line) => line.replace('npx ccnet ', '').replaceAll('"', '').split(' '));
}

describe('the examples of the README', () => {
  const home = process.cwd();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ccnet-readme-'));
    // Smaller than the demo's, and under the paths at which the demo leaves its own.
    for (const tissue of ['cells', 'vessels', 'membranes', 'glands'] satisfies Tissue[]) {
      await generateDataset(join(folder, 'demo', 'datasets', tissue), {
        tissue,
        images: 6,
        side: 64,
        seed: 1,
      });
    }
    process.chdir(folder);
  });
  afterAll(async () => {
    process.chdir(home);
    await rm(folder, { recursive: true });
  });

  it('work as written, one after the other', async () => {
    const lines = await examples();
    expect(lines.length).toBeGreaterThan(10);
    for (const words of lines) {
      const { exitCode, stdout, stderr } = await capture(words);
      expect(`${words.join(' ')}: ${exitCode}${exitCode === 0 ? '' : `\n${stdout}${stderr}`}`).toBe(
        `${words.join(' ')}: 0`,
      );
    }
  }, 300_000);
});
