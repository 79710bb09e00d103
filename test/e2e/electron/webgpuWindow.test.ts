import { expect, it } from 'vitest';
import { ElectronProgram } from '../../electron/electronProgram.ts';
import { startProgram } from '../support/program.ts';
import { AppWindow } from '../support/window.ts';

interface Seen {
  readonly opened: { url: string; visible: boolean; isolated: boolean }[];
}

it('a job asks the hidden window over a channel that Electron carries, and the window goes with the job', async () => {
  const program = startProgram();
  if (!(program instanceof ElectronProgram)) throw new Error('These tests need a real Electron.');
  const window = await AppWindow.open(program);
  await program.inMain(({ app }) => {
    const seen: Seen = { opened: [] };
    (globalThis as unknown as { hidden: Seen }).hidden = seen;
    app.on('browser-window-created', (_event, created) => {
      created.webContents.once('did-finish-load', () => {
        const { sandbox, contextIsolation } = (
          created.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        ).getLastWebPreferences();
        seen.opened.push({
          url: created.webContents.getURL(),
          visible: created.isVisible(),
          isolated: sandbox === true && contextIsolation === true,
        });
      });
    });
  });
  const { id } = await window.call('jobs.start', { kind: 'inspect-devices' });
  const { state, result } = await window.until(id, ({ finishedAt }) => finishedAt !== null, 120);
  expect(state).toBe('finished');
  const devices = result as unknown as readonly {
    id: string;
    usable: boolean;
    failure?: { code: string } | null;
  }[];
  const webgpu = devices.find((device) => device.id === 'webgpu');
  // Whether there is an adapter is the machine's business; that there is none, only the page can have said.
  if (webgpu?.usable !== true) expect(webgpu?.failure?.code).toBe('webgpu-no-adapter');
  const seen = await program.inMain(() => (globalThis as unknown as { hidden: Seen }).hidden);
  expect(seen.opened).toEqual([{ url: 'app://webgpu/index.html', visible: false, isolated: true }]);
  await expect
    .poll(() => program.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length), {
      timeout: 10_000,
    })
    .toBe(1);
});
