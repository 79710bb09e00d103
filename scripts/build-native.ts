/**
 * Compiles the Node-API addon with CMake: `node scripts/build-native.ts [--sanitize address,undefined] [--out DIR]`.
 * Headers come from npm packages, so that nothing is downloaded.
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
  options: { sanitize: { type: 'string', default: '' }, out: { type: 'string', default: 'native/build' } },
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
const work = join(out, 'cmake');
mkdirSync(work, { recursive: true });
const windows = process.platform === 'win32';
const configure = [
  ...['-S', join(root, 'native'), '-B', work, '-DCMAKE_BUILD_TYPE=Release'],
  `-DNODE_API_INCLUDE=${join(headers, 'include')}`,
  `-DNODE_API_DEF=${join(headers, 'def', 'node_api.def')}`,
  `-DNODE_ADDON_API_INCLUDE=${addonApi}`,
  `-DCCNET_SANITIZE=${values.sanitize}`,
  ...(windows ? ['-T', 'ClangCL'] : []),
];
const quiet: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'] };
execFileSync('cmake', configure, quiet);
execFileSync(
  'cmake',
  ['--build', work, '--config', 'Release', '--parallel', String(availableParallelism())],
  {
    stdio: ['ignore', process.env['CCNET_VERBOSE_BUILD'] ? 'inherit' : 'ignore', 'inherit'],
  },
);
cpSync(join(work, windows ? 'Release/ccnet.node' : 'ccnet.node'), join(out, 'ccnet.node'));
