import type * as Electron from 'electron';
import type { ControlRequest } from '../host/control.ts';
import type { Observed } from './observe.ts';

/** Runs in Electron's main process, as text: plays the system and the user, as test/host/control.ts does in the stand-in. */
export function control(
  { app, BrowserWindow, Menu }: typeof Electron,
  request: ControlRequest,
): boolean | undefined {
  const seen = (globalThis as unknown as { observed: Observed }).observed;
  const window = BrowserWindow.getAllWindows().find((one) => one.getTitle() !== 'CC-Net on WebGPU');
  const event = { defaultPrevented: false, preventDefault: () => (event.defaultPrevented = true) };
  switch (request.do) {
    case 'answer-dialogs':
      seen.answers.push(...request.answers);
      return;
    case 'click-menu': {
      const item = Menu.getApplicationMenu()?.getMenuItemById(request.id);
      item?.click();
      return Boolean(item);
    }
    case 'open-file':
      return app.emit('open-file', event, request.path);
    case 'close-window':
      window?.close();
      return;
    case 'quit':
      app.quit();
      return;
    default:
      throw new Error(`A real Electron is not asked to "${request.do}": the page itself tries it.`);
  }
}
