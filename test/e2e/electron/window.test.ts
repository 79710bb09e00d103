import { expect, it } from 'vitest';
import { ElectronProgram } from '../../electron/electronProgram.ts';
import { addDataset, newProject, tinyTraining } from '../support/lab.ts';
import { startProgram } from '../support/program.ts';
import { AppWindow } from '../support/window.ts';

/** A busy machine draws a page, or trains an epoch. */
const SOON = { timeout: 20_000 };

async function opened(): Promise<{ program: ElectronProgram; window: AppWindow }> {
  const program = startProgram();
  if (!(program instanceof ElectronProgram)) throw new Error('These tests need a real Electron.');
  return { program, window: await AppWindow.open(program) };
}

it('the window is shown once its page is drawn', async () => {
  const { program, window } = await opened();
  await expect.poll(async () => (await program.record()).visible, SOON).toBe(true);
  expect(await window.page.title()).toBe('CC-Net Workstation');
});

it('a page whose process has crashed is loaded again, and works', async () => {
  const { program } = await opened();
  // What is asked of a page that is just going is never answered.
  const ask = () =>
    program.inMain(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (!contents || contents.isCrashed() || contents.isLoading()) return null;
      const answered = contents.executeJavaScript(`window.ccnet['app.info']()`) as Promise<{ ok: boolean }>;
      return Promise.race([
        answered.then(({ ok }) => ({ process: contents.getOSProcessId(), ok })),
        new Promise<null>((late) => setTimeout(() => late(null), 1000)),
      ]);
    });
  await expect.poll(ask, SOON).toMatchObject({ ok: true });
  const before = (await ask())?.process;
  await program.inMain(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(async () => (await ask())?.process ?? before, SOON).not.toBe(before);
  await expect.poll(ask, SOON).toMatchObject({ ok: true });
});

it('every command of the menu has its item and its keys', async () => {
  const { program } = await opened();
  const items = await program.inMain(({ Menu }) =>
    ['new', 'open', 'close', 'add-dataset', 'jobs', 'settings'].map((id) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(id);
      return [id, item?.enabled, item?.accelerator];
    }),
  );
  expect(items).toEqual([
    ['new', true, 'CmdOrCtrl+N'],
    ['open', true, 'CmdOrCtrl+O'],
    ['close', true, 'CmdOrCtrl+Shift+W'],
    ['add-dataset', true, 'CmdOrCtrl+D'],
    ['jobs', true, 'CmdOrCtrl+J'],
    ['settings', true, 'CmdOrCtrl+,'],
  ]);
});

it('the end of long work is notified when the user looks elsewhere; work that goes on shows in the taskbar and keeps the computer awake', async () => {
  const { program, window } = await opened();
  await newProject(program, window);
  await addDataset(program, window);
  await program.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur());
  const { id } = await window.call('jobs.start', tinyTraining(4000));
  const { startedAt } = await window.until(id, ({ progress }) => (progress?.figures?.['epoch'] ?? 0) > 0);
  expect((await program.record()).awake).toBe(true);
  await expect.poll(async () => (await program.record()).progressBar, SOON).toBeGreaterThanOrEqual(0);
  // Shorter work is not notified of.
  await expect
    .poll(() => Date.now() - Date.parse(startedAt ?? ''), { timeout: 30_000, interval: 500 })
    .toBeGreaterThan(20_500);
  const [pid] = await program.processes('job');
  process.kill(pid ?? 0, 'SIGKILL');
  await window.until(id, ({ state }) => state === 'interrupted');
  await expect.poll(async () => (await program.record()).notifications, SOON).toHaveLength(1);
  const [notification] = (await program.record()).notifications;
  expect(notification?.title).toMatch(/^Interrupted: /);
  await expect.poll(async () => (await program.record()).awake, SOON).toBe(false);
});
