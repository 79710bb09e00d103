/**
 * Runs the C++ under sanitizers: `node scripts/sanitize.ts [--json FILE] [--exhaustive] [TEST...]`. Linux with GCC only.
 *
 * - Address and undefined behaviour: the addon, instrumented, under the tests of wrong calls, the compiled step and the
 *   complexity measures, networks of hostile files, and hostile projects; or under the tests named.
 * - Threads, leaks and failures: test/native/sanitizedStep.cpp, a program of its own, because Node is not instrumented. Every
 *   23rd allocation fails in it; with `--exhaustive`, which takes minutes, every one.
 *
 * Everything is built in a temporary copy of the sources, so that the build that everything else uses stays as it is.
 * Exit code 1 after a finding, which is printed with its stack.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const TESTS = [
  'test/native/wrongCalls.test.ts',
  'test/engine/compiled',
  'test/complexity',
  'test/attacks/networks.test.ts',
  'test/attacks/contents.test.ts',
];

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values, positionals } = parseArgs({
  options: { json: { type: 'string' }, exhaustive: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (process.platform !== 'linux') {
  console.error('The sanitizers are preloaded into Node by the Linux loader; run this on Linux.');
  process.exit(1);
}

const copy = mkdtempSync(join(tmpdir(), 'ccnet-sanitize-'));
const report = join(copy, 'report.json');
const count = { numPassedTests: 0, numFailedTests: 0 };

const runtime = (name: string): string =>
  execFileSync('g++', [`-print-file-name=${name}`], { encoding: 'utf8' }).trim();

/** Runs a command in the copy. @returns whether it succeeded. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return new Promise((settle, reject) => {
    const child = spawn(command, args, { cwd: copy, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', reject).on('exit', (code) => settle(code === 0));
  });
}

/** Adds a check: the tests that the report counts, or the command itself where there is none. */
async function check(name: string, passes: Promise<boolean>, reported: boolean): Promise<void> {
  const passed = await passes;
  console.log(`${name}: ${passed ? 'no finding' : 'FAILED'}`);
  if (!passed || !reported) {
    count[passed ? 'numPassedTests' : 'numFailedTests'] += 1;
    return;
  }
  const counted = JSON.parse(readFileSync(report, 'utf8')) as typeof count;
  count.numPassedTests += counted.numPassedTests;
}

/** @param stride which allocations fail (test/native/failures.h) */
async function standalone(
  name: string,
  sanitizers: string,
  stride: number,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  // Baseline kernels only: races and leaks do not depend on the instruction set. And without Node.
  const ofNode = /"(addon|common\/(argument|image_argument|javascript_error|promise_worker))\.h"|<napi\.h>/;
  const sources = globSync('native/{common,complexity,segmentability,step}/**/*.cpp', { cwd: copy }).filter(
    (source) =>
      !/\/kernels(_avx\d+)?\.cpp$/.test(source) && !ofNode.test(readFileSync(join(copy, source), 'utf8')),
  );
  const program = join(copy, name.replaceAll(' ', '-'));
  const flags = ['-std=c++17', '-O1', '-g', `-fsanitize=${sanitizers}`, '-fno-sanitize-recover=all'];
  const own = ['test/native/sanitizedStep.cpp', 'test/native/failures.cpp'];
  const built = await run('g++', [...flags, '-Inative', ...own, ...sources, '-o', program, '-ldl']);
  await check(name, built ? run(program, [String(stride)], env) : Promise.resolve(false), false);
}

async function addon(): Promise<void> {
  const build = ['scripts/build-native.ts', '--sanitize', 'address,undefined'];
  if (!(await run(process.execPath, build, { CXX: 'g++' }))) {
    return check('addon', Promise.resolve(false), false);
  }
  const env = {
    LD_PRELOAD: `${runtime('libasan.so')} ${runtime('libubsan.so')}`,
    // Node frees little at exit, which is no leak of ours.
    ASAN_OPTIONS: 'detect_leaks=0',
    UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
  };
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--testTimeout=300000', '--reporter=dot'];
  const tests = positionals.length > 0 ? positionals : TESTS;
  const toReport = ['--reporter=json', `--outputFile.json=${report}`];
  await check(
    'address and undefined behaviour',
    run(process.execPath, [...vitest, ...toReport, ...tests], env),
    true,
  );
}

try {
  for (const entry of [
    'native',
    'scripts',
    'test',
    'src-main',
    'assets',
    'package.json',
    'vitest.config.ts',
  ]) {
    cpSync(join(root, entry), join(copy, entry), {
      recursive: true,
      filter: (source) => basename(source) !== 'build',
    });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const programs = async () => {
    await standalone('threads', 'thread', values.exhaustive ? 11 : 97, {});
    await standalone('leaks', 'address,undefined', values.exhaustive ? 1 : 23, {
      ASAN_OPTIONS: 'detect_leaks=1',
    });
  };
  await Promise.all([addon(), positionals.length > 0 ? undefined : programs()]);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(count));
  process.exitCode = count.numFailedTests > 0 ? 1 : 0;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
