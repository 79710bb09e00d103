import { type BrowserWindow, dialog } from 'electron';
import { mayReload } from './mayReload.ts';

/**
 * Loads the page of a window again when its process has ended, and asks first when it does so time after time: a page that
 * crashes at once would be loaded without end.
 * @param leave ends the program
 */
export function reloadAfterCrash(window: BrowserWindow, leave: () => void): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', () => {
    crashes.push(Date.now());
    if (mayReload(crashes)) window.webContents.reload();
    else void ask();
  });

  async function ask(): Promise<void> {
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The window has stopped working several times in a row.',
      detail:
        'Running jobs go on, and nothing that was finished is lost. Try again; if it keeps happening, end the program and start it anew.',
      buttons: ['Try again', 'End the program'],
      defaultId: 0,
      cancelId: 0,
    });
    crashes = [];
    if (window.isDestroyed()) return;
    if (response === 0) window.webContents.reload();
    else leave();
  }
}
