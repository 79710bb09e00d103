import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM } from '../../test/host/chromium.ts';
import { missingTensorflow } from '../../test/engine/tensorflow/missingTensorflow.ts';
import { packageProgram } from '../packageProgram.ts';
import type { Count, Step } from './step.ts';

/** Of our own: Prettier without a cache deletes the one at its usual place. */
const CACHE = 'node_modules/.cache/ccnet';

const resultFile = (name: string): string => join(tmpdir(), `ccnet-${name}-${process.pid}.json`);

function readCount(file: string): Count {
  const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
  rmSync(file);
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

/** A step that writes its counts into the file that it is told. */
const counted = (name: string, script: string): Step => ({
  name,
  script,
  args: ['--json', resultFile(name)],
  count: () => readCount(resultFile(name)),
  alone: true,
});

const vitest = (name: string, ...args: string[]): Step => {
  const file = resultFile(name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return {
    name,
    script: packageProgram('vitest'),
    args: ['run', ...args, ...reporters],
    count: () => readCount(file),
    alone: true,
  };
};

const works = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

/** Other versions break lines in other places. */
const CLANG_FORMAT = 14;

function missingClangFormat(): string | null {
  const { stdout } = spawnSync(process.env['CCNET_CLANG_FORMAT'] ?? 'clang-format', ['--version'], {
    encoding: 'utf8',
  });
  const is = /version (\d+)/.exec(stdout ?? '')?.[1];
  return is === String(CLANG_FORMAT) ? null : `clang-format ${CLANG_FORMAT} is not installed`;
}

const typesOf = (name: string, project: string): Step => ({
  name,
  script: packageProgram('typescript', 'tsc'),
  args: ['-p', project],
  check: ['--incremental', '--tsBuildInfoFile', `${CACHE}/tsc/${name}.tsbuildinfo`],
});

/** The whole check, in the order in which steps begin; the long ones of a group come first. */
export const STEPS: readonly Step[] = [
  {
    name: 'lint',
    script: packageProgram('eslint'),
    args: ['.', '--max-warnings=0'],
    // Says nothing new of a file whose own text is as it was, even if a type that it uses has changed: `npm test` sees that.
    check: ['--cache', '--cache-strategy', 'content', '--cache-location', `${CACHE}/lint/`],
  },
  {
    name: 'format',
    script: packageProgram('prettier'),
    args: ['--check', '--log-level=warn', '.'],
    check: ['--cache', '--cache-strategy', 'content', '--cache-location', `${CACHE}/format/prettier.json`],
  },
  typesOf('types', '.'),
  {
    name: 'svelte-check',
    script: packageProgram('svelte-check'),
    args: ['--tsconfig', 'tsconfig.renderer.json'],
    check: [],
  },
  {
    name: 'imports',
    script: packageProgram('dependency-cruiser', 'depcruise'),
    args: ['src-main', 'src-renderer', 'src-webgpu', '--output-type', 'err'],
    check: [],
  },
  {
    name: 'imports-page',
    script: packageProgram('dependency-cruiser', 'depcruise'),
    args: ['src-renderer', '--config', '.dependency-cruiser.page.cjs', '--output-type', 'err'],
    check: [],
  },
  { name: 'unused', script: packageProgram('knip'), args: [], check: [] },
  typesOf('types-webgpu', 'tsconfig.webgpu.json'),
  {
    name: 'format-cpp',
    script: 'scripts/formatCpp.ts',
    args: ['--check'],
    check: [],
    missing: missingClangFormat,
  },
  {
    name: 'workflows',
    script: 'scripts/lintWorkflows.ts',
    args: [],
    check: [],
    missing: () => (works('actionlint') ? null : 'actionlint is not installed'),
  },
  { name: 'build', script: 'scripts/build.ts', args: [], alone: true },
  { ...vitest('unit'), check: [] },
  {
    ...counted('conformance', 'test/engine/tensorflow/conformance/run.ts'),
    missing: missingTensorflow,
  },
  {
    ...counted('sanitize', 'scripts/sanitize.ts'),
    missing: () =>
      process.platform === 'linux' && works('g++') ? null : 'the sanitizers run on Linux with g++',
  },
  {
    ...vitest('e2e', '--config', 'vitest.e2e.config.ts'),
    missing: () =>
      existsSync(CHROMIUM) ? null : `${CHROMIUM} is missing (set CCNET_CHROMIUM to a Chromium or Chrome)`,
  },
  {
    ...vitest('e2e-electron', '--config', 'vitest.electron.config.ts'),
    missing: () =>
      process.env['CCNET_ELECTRON']
        ? null
        : 'CCNET_ELECTRON names no Electron (its executable, or its folder)',
  },
];
