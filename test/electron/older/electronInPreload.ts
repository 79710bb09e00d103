/** What a preload imports from Electron, in a version before 29; buildForOlder.ts puts it in Electron's place. */
import { contextBridge, ipcRenderer, webFrame } from 'electron';
import './additions.ts';

/** additions.ts, as a script; put in by buildForOlder.ts. */
declare const ADDITIONS: string;

// The page's own world needs them too, before its scripts run.
void webFrame.executeJavaScript(ADDITIONS);

export { contextBridge, ipcRenderer };

/** As in Electron 29 and later; before that a dropped file told its own path. */
export const webUtils = { getPathForFile: (file: object) => (file as { path: string }).path };
