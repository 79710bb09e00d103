/**
 * A stand-in for the part of Electron that the main process uses, on plain Node; its window is a page of any Chromium (see
 * hostServer.ts). Each part is checked against Electron's own types where it is made.
 */
import { fileURLToPath } from 'node:url';
import { serveControl } from './control.ts';
import { hostServer } from './hostServer.ts';
import { utilityProcessOn } from './utilityProcess.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browserWindow.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipcMain.ts';
export { MessageChannelMain } from './messageChannelMain.ts';
export { Menu } from './menu.ts';
export { Notification, nativeTheme, powerSaveBlocker, shell } from './system.ts';
export { protocol } from './protocol.ts';
export { session } from './session.ts';

export const utilityProcess = utilityProcessOn({
  node: process.execPath,
  parentPort: fileURLToPath(new URL('./parentPort.ts', import.meta.url)),
});

serveControl();
hostServer.onUrl = (url) => {
  if (process.connected) process.send?.({ type: 'url', url });
  else console.log(url);
};
