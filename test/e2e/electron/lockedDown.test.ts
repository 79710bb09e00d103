import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ElectronProgram } from '../../electron/electronProgram.ts';
import { startProgram } from '../support/program.ts';
import { AppWindow } from '../support/window.ts';

const PAGE = 'app://ccnet/index.html';

async function opened(): Promise<{ program: ElectronProgram; window: AppWindow }> {
  const program = startProgram();
  if (!(program instanceof ElectronProgram)) throw new Error('These tests need a real Electron.');
  const window = await AppWindow.open(program);
  await window.page.waitForLoadState('load');
  return { program, window };
}

describe('the page in Electron', () => {
  it('runs sandboxed and isolated, under the policy that the protocol sends', async () => {
    const { program, window } = await opened();
    expect(window.page.url()).toBe(PAGE);
    expect((await program.record()).windows).toMatchObject([
      {
        webPreferences: {
          contextIsolation: true,
          sandbox: true,
          nodeIntegration: false,
          nodeIntegrationInSubFrames: false,
          webSecurity: true,
          webviewTag: false,
        },
      },
    ]);
    const headers = await program.inMain(
      async ({ net }, url) => Object.fromEntries((await net.fetch(url)).headers),
      PAGE,
    );
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("connect-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    ['a link to the web', `location.href = 'https://example.org/'`],
    ['a local file', `location.href = 'file:///etc/passwd'`],
    ['the other page of the program', `location.href = 'app://webgpu/index.html'`],
    ['another file of its own', `location.href = 'app://ccnet/bundled.json'`],
    ['a script address', `location.href = 'data:text/html,<p>elsewhere</p>'`],
    [
      'a link that is clicked',
      `Object.assign(document.createElement('a'), { href: 'https://example.org/' }).click()`,
    ],
    [
      'a form',
      `{ const f = document.createElement('form'); f.action = 'https://example.org/'; document.body.append(f); f.submit(); }`,
    ],
  ])('cannot be led away by %s', async (_by, script) => {
    const { program, window } = await opened();
    await window.page.evaluate(script).catch(() => undefined);
    await window.page.waitForTimeout(500);
    const shown = await program.inMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
    );
    expect(shown).toEqual([PAGE]);
    expect((await window.reply('app.info', undefined)).ok).toBe(true);
  });

  it('opens no other window, and no frame', async () => {
    const { program, window } = await opened();
    const outcome = await window.page.evaluate<unknown>(`(async () => {
      const opened = ['https://example.org/', 'app://ccnet/index.html', 'about:blank', ''].map((url) => window.open(url) === null);
      const frame = document.createElement('iframe');
      frame.src = 'app://ccnet/index.html';
      document.body.append(frame);
      await new Promise((later) => setTimeout(later, 500));
      let inside = null;
      try { inside = frame.contentWindow.ccnet ?? null; } catch {}
      return { opened, inside };
    })()`);
    expect(outcome).toEqual({ opened: [true, true, true, true], inside: null });
    expect(await program.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('gets no permission', async () => {
    const { window } = await opened();
    const answers = await window.page.evaluate<Record<string, string>>(`(async () => {
      const name = (error) => error.name;
      const told = () => 'granted';
      return {
        notifications: await Notification.requestPermission(),
        camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(told, name),
        screen: await navigator.mediaDevices.getDisplayMedia({ video: true }).then(told, name),
        place: await new Promise((settle) =>
          navigator.geolocation.getCurrentPosition(() => settle('granted'), ({ code }) => settle('code ' + code))),
        clipboard: await navigator.clipboard.readText().then(told, name),
        asked: (await navigator.permissions.query({ name: 'geolocation' })).state,
      };
    })()`);
    expect(answers).toEqual({
      notifications: 'denied',
      camera: expect.stringMatching(/^(NotAllowedError|NotFoundError)$/) as string,
      screen: expect.stringMatching(/Error$/) as string,
      place: 'code 1',
      clipboard: 'NotAllowedError',
      asked: 'denied',
    });
  });

  it('saves no download', async () => {
    const { program, window } = await opened();
    await program.inMain(({ session }) => {
      const seen = { begun: 0, prevented: 0 };
      (globalThis as unknown as { downloads: typeof seen }).downloads = seen;
      session.defaultSession.on('will-download', (event) => {
        seen.begun += 1;
        if (event.defaultPrevented) seen.prevented += 1;
      });
    });
    await window.page.evaluate(`{
      const a = document.createElement('a');
      a.download = 'taken.txt';
      a.href = URL.createObjectURL(new Blob(['x']));
      document.body.append(a);
      a.click();
    }`);
    const downloads = () =>
      program.inMain(
        () => (globalThis as unknown as { downloads: { begun: number; prevented: number } }).downloads,
      );
    await expect.poll(downloads).toEqual({ begun: 1, prevented: 1 });
    await window.page.waitForTimeout(300);
    expect(readdirSync(program.data).filter((name) => name.includes('taken'))).toEqual([]);
    expect(existsSync(join(program.data, 'Downloads'))).toBe(false);
  });

  it.each([
    ['a page of another origin', 'app://webgpu/index.html'],
    ['another page of the same origin', 'app://ccnet/other.html'],
    ['a page without origin', 'data:text/html,<p>elsewhere</p>'],
    ['an empty page', 'about:blank'],
  ])('alone is answered: not %s, even with the same preload', async (_what, url) => {
    const { program, window } = await opened();
    const { windows } = await program.record();
    expect(windows).toHaveLength(1);
    const reply = await program.inMain(async ({ app, BrowserWindow }, address) => {
      const preload = `${app.getAppPath()}/dist/preload.cjs`;
      const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await other.loadURL(address).catch(() => undefined);
      const answer: unknown = await other.webContents.executeJavaScript(`window.ccnet['app.info']()`);
      other.destroy();
      return answer;
    }, url);
    expect(reply).toMatchObject({ ok: false, error: { code: 'foreign-page' } });
    expect((await window.reply('app.info', undefined)).ok).toBe(true);
  });
});
