/** Opens the built program in Electron: `npm start [-- project.ccnet]`. Electron's binary is fetched the first time. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
const EXECUTABLE: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};
const binary = join(override ?? join(electron, 'dist'), EXECUTABLE[process.platform] ?? 'electron');
const BROWSER = 'or use the development view in a browser:\n  npm run start:browser';

function end(message: string): never {
  console.error(message);
  process.exit(1);
}

const missing = ['dist/main.js', 'dist/preload.cjs', 'dist/renderer/index.html'].find(
  (file) => !existsSync(join(root, file)),
);
if (missing) end(`${missing} is missing. Build first: npm run build`);

if (override !== undefined && !existsSync(binary)) {
  end(
    `ELECTRON_OVERRIDE_DIST_PATH is ${override}, but ${binary} does not exist.\n` +
      `Set it to the folder of an unpacked Electron 45, unset it to have Electron fetched, ${BROWSER}`,
  );
}
if (!existsSync(binary)) {
  console.log('Fetching Electron, which is needed once (about 100 MB) ...');
  spawnSync(process.execPath, [join(electron, 'install.js')], { stdio: ['ignore', 'inherit', 'ignore'] });
}
if (!existsSync(binary)) {
  end(
    "Electron's binary could not be fetched: this computer seems to be without a connection to the place where it is kept.\n" +
      `Either set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron 45, ${BROWSER}`,
  );
}
const child = spawn(binary, [root, ...process.argv.slice(2)], { stdio: 'inherit' });
child.on('error', (error) => end(`${binary} could not be started: ${error.message}`));
child.on('exit', (code) => (process.exitCode = code ?? 1));
