/**
 * The whole check, in one command (`npm test`): format, lint, import rules, types, unused code, build, unit and integration
 * tests, TensorFlow.js's conformance tests, the C++ under sanitizers, end-to-end tests. Goes on after a failure, so that one run shows them all.
 * `node scripts/test.ts NAME...` runs the named steps only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingTensorflow } from '../test/engine/tensorflow/missingTensorflow.ts';

interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Counts of the tests that the step ran, read after it; a step without is itself one check. */
  readonly count?: () => { passed: number; failed: number };
  /** Why the step cannot run here, or null. */
  readonly missing?: () => string | null;
}

const results = (name: string): string => join(tmpdir(), `ccnet-${name}-${process.pid}.json`);
const shell = process.platform === 'win32';

function vitestCount(file: string): { passed: number; failed: number } {
  const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
  rmSync(file);
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

const chromium = process.env['CCNET_CHROMIUM'] ?? '/usr/bin/chromium';
const noChromium = (): string | null =>
  existsSync(chromium) ? null : `${chromium} is missing (set CCNET_CHROMIUM to a Chromium or Chrome)`;

const vitest = (name: string, ...args: string[]): Step => ({
  name,
  command: 'vitest',
  args: ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${results(name)}`],
  count: () => vitestCount(results(name)),
});

const cpp = globSync(['native/{*,complexity/*,tensor/*,step/*}.{h,cpp}', 'test/native/*.cpp']);
const noClangFormat = (): string | null =>
  spawnSync('clang-format', ['--version'], { shell }).status === 0 ? null : 'clang-format is not installed';

const noSanitizer = (): string | null =>
  process.platform === 'linux' && spawnSync('g++', ['--version']).status === 0
    ? null
    : 'the sanitizers run on Linux with g++';

const steps: readonly Step[] = [
  { name: 'format', command: 'prettier', args: ['--check', '--log-level=warn', '.'] },
  {
    name: 'format-cpp',
    command: 'clang-format',
    args: ['--dry-run', '-Werror', ...cpp],
    missing: noClangFormat,
  },
  { name: 'lint', command: 'eslint', args: ['.', '--max-warnings=0'] },
  {
    name: 'imports',
    command: 'depcruise',
    args: ['src-main', 'src-renderer', 'src-webgpu', 'native', '--output-type', 'err'],
  },
  { name: 'types', command: 'tsc', args: ['-p', '.'] },
  { name: 'types-webgpu', command: 'tsc', args: ['-p', 'tsconfig.webgpu.json'] },
  { name: 'svelte-check', command: 'svelte-check', args: ['--tsconfig', 'tsconfig.renderer.json'] },
  { name: 'unused', command: 'knip', args: [] },
  { name: 'build', command: 'npm', args: ['run', '--silent', 'build'] },
  vitest('unit'),
  {
    name: 'conformance',
    command: 'node',
    args: ['test/kernels/conformance/run.ts', '--json', results('conformance')],
    count: () => vitestCount(results('conformance')),
  },
  {
    name: 'conformance-tensorflow',
    command: 'node',
    args: [
      ...['test/kernels/conformance/run.ts', '--backend', 'tensorflow'],
      ...['--json', results('conformance-tensorflow')],
    ],
    count: () => vitestCount(results('conformance-tensorflow')),
    missing: missingTensorflow,
  },
  {
    name: 'sanitize',
    command: 'node',
    args: ['scripts/sanitize.ts', '--json', results('sanitize')],
    count: () => vitestCount(results('sanitize')),
    missing: noSanitizer,
  },
  { ...vitest('e2e', '--config', 'vitest.e2e.config.ts'), missing: noChromium },
];

const wanted = process.argv.slice(2);
const failures: string[] = [];
let passed = 0;
let failed = 0;
for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const missing = step.missing?.() ?? null;
  if (missing !== null) {
    console.log(`\n--- ${step.name}: left out, ${missing}`);
    continue;
  }
  console.log(`\n--- ${step.name}`);
  const started = Date.now();
  const { status } = spawnSync(step.command, step.args, { stdio: 'inherit', shell });
  let count = { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  try {
    if (step.count) count = step.count();
  } catch {
    count = { passed: 0, failed: 1 };
  }
  passed += count.passed;
  failed += Math.max(count.failed, status === 0 ? 0 : 1);
  if (status !== 0) failures.push(step.name);
  console.log(
    `--- ${step.name}: ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
}
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failures.length > 0 || failed > 0 ? 1 : 0;
