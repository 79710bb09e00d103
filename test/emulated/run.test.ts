import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const run = (file: string) =>
  spawnSync(process.execPath, ['test/emulated/run.ts', file], { cwd: root, encoding: 'utf8' });

it("the stand-in for Vitest runs the engine's tests", () => {
  const { stdout, status } = run('test/engine/compiled/compiledStep.test.ts');
  expect(stdout).toMatch(/: [1-9]\d* passed, 0 failed/);
  expect(status).toBe(0);
});
