/** Opens the built program in Electron: `npm start [-- project.ccnet]`. Electron's binary is fetched the first time. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'));

const isThere = (): boolean =>
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] !== undefined || existsSync(join(electron, 'path.txt'));

if (!isThere()) {
  console.log('Fetching Electron, which is needed once (about 100 MB) ...');
  spawnSync(process.execPath, [join(electron, 'install.js')], { stdio: ['ignore', 'inherit', 'ignore'] });
}
if (!isThere()) {
  console.error(
    "Electron's binary could not be fetched: this computer seems to be without a connection to the place where it is kept.\n" +
      'Either set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron 45, or use the development view in a browser:\n' +
      '  npm run start:browser',
  );
  process.exit(1);
}
const child = spawn(process.execPath, [join(electron, 'cli.js'), root, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
child.on('exit', (code) => (process.exitCode = code ?? 1));
