/**
 * Builds the program into `dist/`, and the addon: `node scripts/build.ts [PART...]`, where a part is native, main, renderer,
 * webgpu or licences; all of them when none is named.
 */
import { spawnSync } from 'node:child_process';
import { packageProgram } from './packageProgram.ts';

const bundle = (config: string): readonly string[] => [
  packageProgram('vite'),
  ...['build', '--config', `vite.${config}.config.ts`, '--logLevel', 'warn'],
];

const PARTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  native: [['scripts/build-native.ts']],
  main: [bundle('main'), bundle('preload')],
  renderer: [bundle('renderer')],
  webgpu: [bundle('webgpu')],
  licences: [['scripts/make-licences.ts']],
};

const named = process.argv.slice(2);
const unknown = named.find((name) => !(name in PARTS));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". The parts are: ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}
for (const [name, commands] of Object.entries(PARTS)) {
  if (named.length > 0 && !named.includes(name)) continue;
  for (const args of commands) {
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
}
