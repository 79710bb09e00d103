import { join } from 'node:path';
import { app, protocol, session } from 'electron';
import { programsFromPath } from './files/programsFromPath.ts';
import { DesktopApp } from './shell/desktopApp.ts';
import { projectArgument } from './shell/project/projectArgument.ts';
import { APP_SCHEME } from './shell/protocol/appScheme.ts';
import { serveApp } from './shell/protocol/serveApp.ts';
import { lockDownContents } from './shell/security/lockDownContents.ts';
import { lockDownSession } from './shell/security/lockDownSession.ts';

programsFromPath();
const dist = import.meta.dirname;
let desktop: DesktopApp | null = null;
let toOpen = projectArgument(process.argv.slice(1), process.cwd());

// Nothing of Chromium's own may call home either.
app.commandLine.appendSwitch('disable-background-networking');
app.commandLine.appendSwitch('disable-component-update');
app.commandLine.appendSwitch('disable-domain-reliability');
// On Linux, Chromium offers WebGPU to those who ask for it only. No page but this program's own is ever loaded.
if (process.platform === 'linux') app.commandLine.appendSwitch('enable-unsafe-webgpu');
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.enableSandbox();
app.on('web-contents-created', (_event, contents) => lockDownContents(contents));

// macOS tells of double-clicked files in this way, and may do so before the app is ready.
app.on('open-file', (event, path) => {
  event.preventDefault();
  if (desktop) void desktop.openFile(path);
  else toOpen = path;
});
app.on('second-instance', (_event, args, folder) => {
  desktop?.show();
  const named = projectArgument(args.slice(1), folder);
  if (named !== null) void desktop?.openFile(named);
});
app.on('activate', () => desktop?.show());
app.on('before-quit', (event) => {
  if (!desktop || desktop.mayQuit) return;
  event.preventDefault();
  void desktop.leave();
});
app.on('window-all-closed', () => app.quit());

// Not awaited here: Electron gets ready only after this module has been evaluated.
if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

async function start(): Promise<void> {
  lockDownSession(session.defaultSession);
  desktop = new DesktopApp({
    dist,
    userData: app.getPath('userData'),
    exports: join(app.getPath('documents'), 'CC-Net'),
  });
  protocol.handle(
    APP_SCHEME,
    serveApp({ page: join(dist, 'renderer'), webgpu: join(dist, 'webgpu') }, desktop.media),
  );
  await desktop.start(toOpen);
}
