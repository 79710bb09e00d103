import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('the native device trains, predicts and foretells in a process that cannot load TensorFlow.js', () => {
  const script = join(import.meta.dirname, 'withoutTensorflow.ts');
  const said = execFileSync(process.execPath, ['--no-warnings', script], { encoding: 'utf8' });
  expect(JSON.parse(said)).toEqual({ implementation: 'compiled', probabilities: 24 * 24, loads: 'refused' });
});
