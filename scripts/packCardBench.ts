/**
 * Packs what `bench/gpuStep.ts` needs beside the checkout, for a bare Linux machine with a card that can be had for a short time: Node, the native
 * addon, and exactly the files of node_modules that it reads, one archive of some 40 MB. `node scripts/packCardBench.ts FOLDER` here, after `npm ci` and
 * `npm run build`; then, in a checkout there with that folder (nothing else is needed but Python for unpacking, and the driver with Vulkan's loader):
 *
 *     python3 -m tarfile -e FOLDER/card-bench.tar.xz . && ./card-bench-node bench/gpuStep.ts --python python3
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say into which folder: node scripts/packCardBench.ts FOLDER');
const addon = 'native/build/ccnet.node';
if (!existsSync(join(root, addon))) throw new Error('There is no addon yet: run npm run build first.');

const read = new Set<string>();
registerHooks({
  load: (url, context, next) => {
    if (url.startsWith('file:')) read.add(fileURLToPath(url));
    return next(url, context);
  },
});
// The bench without anything to do, and what it would import later.
process.argv.splice(1, Infinity, 'bench/gpuStep.ts', '--parts', 'none');
for (const path of ['bench/gpuStep', 'src-main/engine/tape/tapeStep']) await import(join(root, `${path}.ts`));
for (const name of ['webgpu', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu']) await import(name);

// What was required and not imported, addons among it, passes by the hooks.
for (const file of Object.keys(createRequire(import.meta.url).cache)) read.add(file);

const modules = [...read].filter((file) => file.includes('/node_modules/'));
const manifests = modules.flatMap((file) => {
  const found: string[] = [];
  for (let at = dirname(file); at.includes('node_modules/'); at = dirname(at))
    if (existsSync(join(at, 'package.json'))) found.push(join(at, 'package.json'));
  return found;
});
const files = [...new Set([...modules, ...manifests])].map((file) => relative(root, file));

mkdirSync(folder, { recursive: true });
const list = join(tmpdir(), `card-bench-${process.pid}`);
const node = 'card-bench-node';
const archive = join(folder, 'card-bench.tar.xz');
try {
  writeFileSync(list, [addon, node, ...files].join('\n'));
  copyFileSync(process.execPath, join(root, node));
  const { status, stderr } = spawnSync('tar', ['-cJf', archive, '-C', root, '-T', list], {
    encoding: 'utf8',
    env: { ...process.env, XZ_OPT: '-T0 -2' },
  });
  if (status !== 0) throw new Error(`tar ended with ${status}: ${stderr}`);
} finally {
  rmSync(list, { force: true });
  rmSync(join(root, node), { force: true });
}
console.log(
  `${archive}: ${(statSync(archive).size / 1e6).toFixed(1)} MB, ${files.length} files of node_modules`,
);
