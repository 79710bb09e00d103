/**
 * Shows the built program in a browser on this computer: `npm run start:browser [-- project.ccnet]`. A view for development, for
 * machines without Electron's binary: the main process and the page are the real ones, Electron is stood in for by test/host.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const missing = [
  'dist/main.js',
  'dist/preload.cjs',
  'dist/renderer/index.html',
  'dist/webgpu/index.html',
].find((file) => !existsSync(join(root, file)));
if (missing) {
  console.error(`${missing} is missing. Build first: npm run build`);
  process.exit(1);
}

console.log(
  [
    'DEVELOPMENT VIEW: CC-Net Workstation in a browser, without Electron.',
    'It listens on this computer only (127.0.0.1). The address below lets one browser in, once; whoever opens it can read and write',
    'your files as you can. System dialogs are replaced by questions in the page. Press Ctrl-C here to end it.',
    '',
  ].join('\n'),
);
const main = spawn(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--import',
    join(root, 'test/host/registerElectron.ts'),
    join(root, 'dist/main.js'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
// Ctrl-C reaches the program itself.
process.on('SIGINT', () => undefined);
main.on('exit', (code) => (process.exitCode = code ?? 1));
