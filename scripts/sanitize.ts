/**
 * Runs the kernel tests under AddressSanitizer and UndefinedBehaviorSanitizer: `node scripts/sanitize.ts [TEST...]`.
 * Linux with GCC only. The addon is compiled into a temporary copy of the sources that the tests need, so that the
 * build that everything else uses stays as it is. Exits with the tests' code; a finding ends the run with its stack.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const tests = process.argv.length > 2 ? process.argv.slice(2) : ['test/kernels'];
if (process.platform !== 'linux') {
  console.error('The sanitizers are preloaded into Node by the Linux loader; run this on Linux.');
  process.exit(1);
}

const runtime = (name: string): string =>
  execFileSync('g++', [`-print-file-name=${name}`], { encoding: 'utf8' }).trim();
const copy = mkdtempSync(join(tmpdir(), 'ccnet-sanitize-'));
try {
  for (const entry of ['native', 'test', 'src-main', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(root, entry), join(copy, entry), {
      recursive: true,
      filter: (source) => basename(source) !== 'build',
    });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const build = [join(root, 'scripts/build-native.ts'), '--sanitize', 'address,undefined'];
  execFileSync(process.execPath, [...build, '--out', join(copy, 'native/build')], { stdio: 'inherit' });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run', '--testTimeout=300000', ...tests], {
    cwd: copy,
    stdio: 'inherit',
    env: {
      ...process.env,
      LD_PRELOAD: `${runtime('libasan.so')} ${runtime('libubsan.so')}`,
      // Node frees little at exit, which is no leak of ours.
      ASAN_OPTIONS: 'detect_leaks=0',
      UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
    },
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
