import type * as Electron from 'electron';
import type { HostRecord } from '../host/record.ts';
import type { Observed } from './observe.ts';

interface Preferred {
  getLastWebPreferences(): Record<string, unknown>;
}

/** Runs in Electron's main process, as text: what the program has done to the system around it. */
export function recordOf({ BrowserWindow, nativeTheme, powerSaveBlocker }: typeof Electron): HostRecord {
  const { blockers, dialogs, notifications, revealed, focused, progressBar } = (
    globalThis as unknown as { observed: Observed }
  ).observed;
  const windows = BrowserWindow.getAllWindows();
  return {
    dialogs,
    notifications,
    revealed,
    focused,
    progressBar,
    windows: windows.map(({ webContents }) => ({
      // Electron has it, its types do not.
      webPreferences: (webContents as unknown as Preferred).getLastWebPreferences(),
    })),
    visible: windows.some((window) => window.isVisible()),
    pretendFocus: false,
    theme: nativeTheme.themeSource,
    awake: [...blockers].some((id) => powerSaveBlocker.isStarted(id)),
    denies: null,
  };
}
