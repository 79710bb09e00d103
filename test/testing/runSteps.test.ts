import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runSteps } from '../../scripts/testing/runSteps.ts';
import type { Step } from '../../scripts/testing/step.ts';

const folder = mkdtempSync(join(tmpdir(), 'ccnet-steps-'));
const diary = join(folder, 'diary');
const program = join(folder, 'step.mjs');
// Notes when it begins and ends. With a second word it ends only when that step has begun, too.
writeFileSync(
  program,
  `import { appendFileSync, readFileSync } from 'node:fs';
const [name, beside, code] = process.argv.slice(2);
const note = (text) => appendFileSync(${JSON.stringify(diary)}, name + ' ' + text + '\\n');
note('begins');
while (beside && !readFileSync(${JSON.stringify(diary)}, 'utf8').includes(beside + ' begins'));
console.log('I am ' + name);
note('ends');
process.exitCode = Number(code ?? 0);
`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const step = (name: string, { beside = '', code = 0, ...rest }: Partial<Step> & Options = {}): Step => ({
  name,
  script: program,
  args: [name, beside, String(code)],
  ...rest,
});
interface Options {
  readonly beside?: string;
  readonly code?: number;
}

async function run(...steps: Step[]): Promise<{
  results: Awaited<ReturnType<typeof runSteps>>;
  diary: string[];
  said: string;
}> {
  writeFileSync(diary, '');
  const said: string[] = [];
  const results = await runSteps(steps, (text) => said.push(text));
  return { results, diary: readFileSync(diary, 'utf8').trim().split('\n'), said: said.join('') };
}

describe('the steps of the whole check', () => {
  it('run two at a time, each with its output in one piece', async () => {
    const { results, said } = await run(step('a', { beside: 'b' }), step('b', { beside: 'a' }));
    expect(results.map(({ ok }) => ok)).toEqual([true, true]);
    expect(said).toMatch(/I am a\n--- a: ok in [\d.]+ s\n/);
    expect(said).toMatch(/I am b\n--- b: ok in [\d.]+ s\n/);
  });

  it('run with nothing beside them when they keep every core busy', async () => {
    const { diary } = await run(step('a'), step('b'), step('c', { alone: true }), step('d'));
    const at = (line: string): number => diary.indexOf(line);
    expect(Math.max(at('a ends'), at('b ends'))).toBeLessThan(at('c begins'));
    expect(at('d begins')).toBe(at('c ends') + 1);
  });

  it('go on after one that fails', async () => {
    const { results } = await run(step('a', { code: 1 }), step('b'));
    expect(results).toContainEqual({ name: 'a', ok: false, ending: 'I am a', passed: 0, failed: 1 });
    expect(results).toContainEqual({ name: 'b', ok: true, ending: 'I am b', passed: 1, failed: 0 });
  });

  it('count the tests that they ran, and as failed when they end badly although every test passed', async () => {
    const count = (): { passed: number; failed: number } => ({ passed: 7, failed: 0 });
    const { results } = await run(step('a', { count }), step('b', { count, code: 1 }));
    expect(results).toContainEqual({ name: 'a', ok: true, ending: 'I am a', passed: 7, failed: 0 });
    expect(results).toContainEqual({ name: 'b', ok: false, ending: 'I am b', passed: 7, failed: 1 });
  });

  it('fail when there is no count to be read', async () => {
    const count = (): never => {
      throw new Error('no file');
    };
    const { results } = await run(step('a', { count }));
    expect(results).toEqual([{ name: 'a', ok: true, ending: 'I am a', passed: 0, failed: 1 }]);
  });

  it('are left out with the reason where they cannot run', async () => {
    const { results, said } = await run(step('a', { missing: () => 'there is no compiler' }));
    expect(results).toEqual([]);
    expect(said).toBe('\n--- a: left out, there is no compiler\n');
  });
});
