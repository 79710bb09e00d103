import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));

/**
 * Runs the built program with test/host in the place of Electron, and shows its window in a browser on this computer. Ends
 * this process when something that the program needs is not built, and with the program.
 * @param page address of a server for the window's page, in the place of the built one
 */
export function programInBrowser(args: readonly string[], page?: string): void {
  const needed = ['dist/main.js', 'dist/preload.cjs', 'dist/webgpu/index.html'];
  if (page === undefined) needed.push('dist/renderer/index.html');
  const missing = needed.find((file) => !existsSync(join(root, file)));
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
      // An address, as Windows needs it.
      new URL('../test/host/registerElectron.ts', import.meta.url).href,
      join(root, 'dist/main.js'),
      ...args,
    ],
    { stdio: 'inherit', env: { ...process.env, ...(page !== undefined && { CCNET_HOST_PAGE: page }) } },
  );
  // Ctrl-C reaches the program itself.
  process.on('SIGINT', () => undefined);
  main.on('exit', (code) => process.exit(code ?? 1));
}
