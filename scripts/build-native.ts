/**
 * Compiles the Node-API addon with CMake: `node scripts/build-native.ts [--sanitize address,undefined] [--out DIR]`, on macOS with
 * `--universal` for both kinds of processor, or on Linux with `--processor aarch64` and CXX naming a compiler for it. Headers
 * come from npm packages, so that nothing is downloaded.
 */
import { execFileSync, type ExecFileSyncOptions, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const { values } = parseArgs({
  options: {
    sanitize: { type: 'string', default: '' },
    out: { type: 'string', default: 'native/build' },
    universal: { type: 'boolean', default: false },
    processor: { type: 'string' },
  },
});

if (spawnSync('cmake', ['--version']).status !== 0) {
  console.error(
    'Building the native addon needs CMake 3.20 or newer and a C++17 compiler. ' +
      'Install them (Debian: apt-get install cmake g++; macOS: xcode-select --install and cmake; ' +
      'Windows: Visual Studio Build Tools with the C++ workload), then run this command again.',
  );
  process.exit(1);
}

const headers = dirname(require.resolve('node-api-headers/package.json'));
const addonApi = dirname(require.resolve('node-addon-api/package.json'));
const out = resolve(root, values.out);
const windows = process.platform === 'win32';
if (values.universal && process.platform !== 'darwin') {
  console.error('--universal makes one addon for both processors of macOS: run it there.');
  process.exit(1);
}
const quiet: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'] };

/** Builds in a folder of its own. @returns the addon's path */
function compile(work: string, ...extra: string[]): string {
  mkdirSync(work, { recursive: true });
  const configure = [
    ...['-S', join(root, 'native'), '-B', work, '-DCMAKE_BUILD_TYPE=Release'],
    `-DNODE_API_INCLUDE=${join(headers, 'include')}`,
    `-DNODE_ADDON_API_INCLUDE=${addonApi}`,
    `-DCCNET_SANITIZE=${values.sanitize}`,
    ...(windows ? ['-T', 'ClangCL', `-DNODE_API_DEF=${join(headers, 'def', 'node_api.def')}`] : []),
    ...extra,
  ];
  execFileSync('cmake', configure, quiet);
  const parallel = ['--config', 'Release', '--parallel', String(availableParallelism())];
  execFileSync('cmake', ['--build', work, ...parallel], {
    stdio: ['ignore', process.env['CCNET_VERBOSE_BUILD'] ? 'inherit' : 'ignore', 'inherit'],
  });
  return join(work, windows ? 'Release/ccnet.node' : 'ccnet.node');
}

const addon = join(out, 'ccnet.node');
if (values.universal) {
  const built = ['x86_64', 'arm64'].map((processor) =>
    compile(join(out, `cmake-${processor}`), `-DCMAKE_OSX_ARCHITECTURES=${processor}`),
  );
  execFileSync('lipo', ['-create', '-output', addon, ...built], quiet);
} else {
  const { processor } = values;
  const target =
    processor === undefined ? [] : ['-DCMAKE_SYSTEM_NAME=Linux', `-DCMAKE_SYSTEM_PROCESSOR=${processor}`];
  cpSync(compile(join(out, 'cmake'), ...target), addon);
}
