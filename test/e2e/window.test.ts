import { problemOf } from '#common/failures/failures.ts';
import { get } from 'node:http';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { zip } from '../dataset/support/zip.ts';
import { addDataset, newProject, tinyTraining } from './support/lab.ts';
import { ElectronProgram } from '../electron/electronProgram.ts';
import type { RunningProgram } from '../host/runningProgram.ts';
import { IN_ELECTRON, startProgram } from './support/program.ts';
import { AppWindow, closeBrowser } from './support/window.ts';

afterAll(closeBrowser);

async function opened() {
  const program = startProgram();
  const window = await AppWindow.open(program);
  return { program, window };
}

/** Asks the host's server directly, with a path that no browser would send. */
function rawStatus(origin: string, path: string, headers: Record<string, string>): Promise<number> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', reject);
  });
}

/** Asks for a file of the program as nothing in the page could. */
async function statusOf(program: RunningProgram, window: AppWindow, path: string): Promise<number> {
  if (program instanceof ElectronProgram)
    return program.inMain(async ({ net }, url) => (await net.fetch(url)).status, `app://ccnet${path}`);
  const cookies = await window.page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return rawStatus(window.page.url(), path, { cookie });
}

describe('the window', () => {
  // In a real Electron, electron/lockedDown.test.ts tries each of these.
  it.skipIf(IN_ELECTRON)(
    'is sandboxed and isolated, denies every permission, and stays where it is',
    async () => {
      const { program } = await opened();
      const { windows, denies } = await program.record();
      expect(windows).toHaveLength(1);
      expect(windows[0]?.webPreferences).toMatchObject({
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
      });
      expect(denies).toEqual({ permission: true, check: true, device: true, download: true });
      for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
        expect(await program.control({ do: 'navigate', event, url: 'http://example.org/' }), event).toBe(
          true,
        );
      }
      expect(await program.control({ do: 'window-open', url: 'https://example.org/' })).toBe('deny');
      expect(await program.control({ do: 'allows', url: 'https://example.org/' })).toBe(false);
      expect(await program.control({ do: 'allows', url: 'app://ccnet/index.html' })).toBe(true);
    },
  );

  it('exposes one function a channel and nothing of Electron or Node', async () => {
    const { window } = await opened();
    const seen = await window.page.evaluate(() => {
      const page = globalThis as unknown as Record<string, unknown>;
      const bridge = page['ccnet'] as Record<string, unknown>;
      const node = ['require', 'process', 'Buffer', 'ipcRenderer', 'electron', 'module'];
      return {
        leaked: node.filter((name) => page[name] !== undefined),
        odd: Object.keys(bridge).filter((name) => typeof bridge[name] !== 'function'),
        general: ['invoke', 'send', 'ipcRenderer'].filter((name) => name in bridge),
        frozen: Object.isFrozen(bridge),
      };
    });
    expect(seen).toEqual({ leaked: [], odd: [], general: [], frozen: true });
  });

  it('loads without a fault, and requests nothing from elsewhere', async () => {
    const { window } = await opened();
    await window.page.waitForLoadState('networkidle').catch(() => undefined);
    const { protocol, host } = new URL(window.page.url());
    expect(window.requests.filter((url) => !url.startsWith(`${protocol}//${host}/`))).toEqual([]);
    expect(window.faults).toEqual([]);
  });

  it('cannot be made to run a script that was written into it, or to connect anywhere', async () => {
    const { window } = await opened();
    const outcome = await window.page.evaluate(async () => {
      const page = globalThis as unknown as {
        hit?: boolean;
        document: { body: { innerHTML: string }; createElement(name: string): { textContent: string } };
        fetch(url: string): Promise<unknown>;
      };
      let refused = 0;
      try {
        page.document.body.innerHTML = '<img src=x onerror="globalThis.hit = true">';
      } catch {
        refused += 1;
      }
      await page.fetch('https://example.org/').catch(() => (refused += 1));
      return { refused, hit: page.hit ?? false };
    });
    expect(outcome).toEqual({ refused: 2, hit: false });
  });

  it.each([
    ['path traversal', '/..%2f..%2f..%2f..%2fetc/passwd'],
    ['raw parent folders', '/../../../../etc/passwd'],
    ['a neighbour of the page folder', '/..%2fmain.js'],
    ['an image of no project', '/media/image/1'],
    ['a path for an image', '/media/image/..%2f..%2fetc%2fpasswd'],
  ])('does not get a file by %s', async (_how, path) => {
    const { program, window } = await opened();
    expect([400, 404]).toContain(await statusOf(program, window, path));
  });

  it.skipIf(IN_ELECTRON)(
    'in the development view is shown to nobody without its token, of another host, or from another page',
    async () => {
      const { program, window } = await opened();
      const url = String(await program.control({ do: 'url' }));
      const { origin, host } = new URL(url);
      expect(await rawStatus(origin, '/index.html', {})).toBe(401);
      expect(await rawStatus(origin, '/?token=guess', {})).toBe(401);
      const cookie = (await window.page.context().cookies())
        .map(({ name, value }) => `${name}=${value}`)
        .join('; ');
      expect(await rawStatus(origin, '/index.html', { cookie })).toBe(200);
      expect(
        await rawStatus(origin, '/index.html', { cookie, host: `evil.example:${host.split(':')[1] ?? ''}` }),
      ).toBe(403);
      expect(await rawStatus(origin, '/index.html', { cookie, origin: 'https://evil.example' })).toBe(403);
      expect(await rawStatus(origin, '/index.html', { cookie, 'sec-fetch-site': 'cross-site' })).toBe(403);
      const path = `/${new URL(url).search}`;
      expect(await rawStatus(origin, path, {})).toBe(302);
      expect(await rawStatus(origin, path, {})).toBe(401);
    },
  );
});

describe('paths from the page', () => {
  it('that the user never chose are neither read nor written', async () => {
    const { program, window } = await opened();
    await newProject(program, window);
    const refused = { ok: false, error: { code: 'path-not-chosen' } };
    expect(await window.reply('jobs.start', { kind: 'check-dataset', path: '/etc' })).toMatchObject(refused);
    expect(await window.reply('jobs.start', { kind: 'export-library', file: '/tmp/x.json' })).toMatchObject(
      refused,
    );
    expect(await window.reply('projects.open', '/etc/secret.ccnet')).toMatchObject(refused);
    expect(await window.reply('settings.set', { exportFolder: '/etc' })).toMatchObject(refused);
    const reveal = await window.reply('files.reveal', '/etc/passwd');
    expect(reveal).toMatchObject({ ok: false, error: { code: 'not-a-result' } });
    expect((await program.record()).revealed).toEqual([]);
    // Nor is told whether a file is there, outside of the results.
    const absent = await window.reply('files.reveal', '/etc/no-such-file');
    expect(absent).toMatchObject({ ok: false, error: { code: 'not-a-result' } });
  });

  it('inside the exports are shown in the file browser', async () => {
    const { program, window } = await opened();
    await newProject(program, window);
    const { exportFolder } = await window.call('app.info', undefined);
    mkdirSync(exportFolder, { recursive: true });
    const file = join(exportFolder, 'network.onnx');
    writeFileSync(file, '');
    await window.call('files.reveal', file);
    expect((await program.record()).revealed).toEqual([file]);
    rmSync(file);
    const gone = await window.reply('files.reveal', file);
    expect(gone).toMatchObject({ ok: false, error: { code: 'result-gone', facts: { path: file } } });
  });
});

describe.skipIf(IN_ELECTRON)('a page that crashes at once whenever it is loaded', () => {
  it('is loaded again a few times, and then the user is asked', async () => {
    const { program, window } = await opened();
    const asked = async () =>
      (await program.record()).dialogs.filter(({ kind }) => kind === 'message').length;
    for (let crash = 1; crash <= 3; crash++) {
      const loaded = window.page.waitForEvent('load');
      await program.control({ do: 'crash-page' });
      await loaded;
    }
    expect(await asked()).toBe(0);
    await program.control({ do: 'answer-dialogs', answers: [1] });
    await program.control({ do: 'crash-page' });
    // The second answer ends the program.
    expect(await program.exit).toBe(0);
  });
});

describe('opening a project', () => {
  it('that is damaged tells what is wrong and what to do, and opens nothing', async () => {
    const { program, window } = await opened();
    const path = await newProject(program, window);
    await window.call('projects.close', undefined);
    const half = join(program.data, 'half.ccnet');
    writeFileSync(half, readFileSync(path).subarray(0, 30_000));
    await program.control({ do: 'answer-dialogs', answers: [half] });
    const reply = await window.reply('projects.open', undefined);
    expect(reply).toMatchObject({ ok: false, error: { code: 'project-damaged' } });
    expect(await window.call('projects.current', undefined)).toBeNull();
    expect(await program.processes('project')).toEqual([]);
  });

  it('by a second start happens in the first window, which comes to the front', async () => {
    const { program, window } = await opened();
    const path = await newProject(program, window);
    await window.call('projects.close', undefined);
    const second = startProgram({ data: program.data, args: [path] });
    expect(await second.exit).toBe(0);
    await expect
      .poll(() => window.call('projects.current', undefined), { timeout: 10_000 })
      .toMatchObject({ path });
    expect((await program.record()).focused).toBeGreaterThan(0);
  });

  it('by double click happens in the window that is there', async () => {
    const { program, window } = await opened();
    const path = await newProject(program, window);
    await window.call('projects.close', undefined);
    await program.control({ do: 'open-file', path });
    await expect
      .poll(() => window.call('projects.current', undefined), { timeout: 10_000 })
      .toMatchObject({ path });
  });

  it('that another program has open is offered for reading only, where nothing can be started', async () => {
    const { program, window } = await opened();
    const path = await newProject(program, window);
    const other = startProgram();
    const next = await AppWindow.open(other);
    await other.control({ do: 'answer-dialogs', answers: [path, 1, path, 0] });
    const refused = await next.reply('projects.open', undefined);
    expect(refused).toMatchObject({ ok: false, error: { code: 'project-in-use' } });
    expect(await next.call('projects.open', undefined)).toMatchObject({ path, readOnly: true });
    const started = await next.reply('jobs.start', {
      kind: 'report',
      dataset: 1,
      out: (await next.call('app.info', undefined)).exportFolder,
    });
    expect(started).toMatchObject({ ok: false, error: { code: 'project-read-only' } });
  });

  it('that has gone from the disk is marked in the list of recent ones', async () => {
    const { program, window } = await opened();
    const path = await newProject(program, window);
    await window.call('projects.close', undefined);
    rmSync(path);
    expect(await window.call('projects.recent', undefined)).toMatchObject([{ path, exists: false }]);
    expect(await window.call('projects.forget', path)).toEqual([]);
  });
});

describe('a hostile .zip', () => {
  it.each([
    ['a path that leads out', { name: '../../evil.png', data: Buffer.from('x') }],
    ['a symbolic link', { name: 'link.png', data: Buffer.from('/etc/passwd'), mode: 0o120777 }],
  ])('with %s is refused by the doctor', async (_what, entry) => {
    const { program, window } = await opened();
    const path = join(program.data, 'set.zip');
    writeFileSync(path, zip([entry]));
    await program.control({ do: 'answer-dialogs', answers: [path] });
    await window.call('dialogs.libraryFile', undefined);
    const { id } = await window.call('jobs.start', { kind: 'check-dataset', path });
    const job = await window.until(id, ({ finishedAt }) => finishedAt !== null);
    expect(job.state).toBe('failed');
    expect(job.error ? problemOf(job.error) : '').toContain('set.zip');
  });
});

describe('closing the window', () => {
  it('ends the program and its processes when nothing runs', async () => {
    const { program, window } = await opened();
    await newProject(program, window);
    await program.control({ do: 'close-window' });
    expect(await program.exit).toBe(0);
  });

  it('asks while a job runs: staying changes nothing, going on hides the window, stopping keeps the job for later', async () => {
    const { program, window } = await opened();
    const path = await newProject(program, window);
    await addDataset(program, window);
    const { id } = await window.call('jobs.start', tinyTraining(400));
    await window.until(id, ({ progress }) => (progress?.figures?.['epoch'] ?? 0) >= 2);
    const dialogs = async (): Promise<number> =>
      (await program.record()).dialogs.filter(({ kind }) => kind === 'message').length;

    await program.control({ do: 'answer-dialogs', answers: [2] });
    await program.control({ do: 'close-window' });
    await expect.poll(dialogs).toBe(1);
    expect(await program.record()).toMatchObject({ visible: true, awake: true });

    await program.control({ do: 'answer-dialogs', answers: [0] });
    await program.control({ do: 'close-window' });
    await expect.poll(async () => (await program.record()).visible).toBe(false);
    expect((await window.job(id)).state).toBe('running');

    await program.control({ do: 'answer-dialogs', answers: [1] });
    await program.control({ do: 'close-window' });
    expect(await program.exit).toBe(0);

    const again = startProgram({ data: program.data, args: [path] });
    const next = await AppWindow.open(again);
    await expect.poll(() => next.call('projects.current', undefined), { timeout: 10_000 }).not.toBeNull();
    await expect.poll(async () => (await next.call('jobs.list', undefined)).length).toBeGreaterThan(0);
    expect((await next.job(id)).state).toBe('interrupted');
  });
});

describe('the menu', () => {
  it('tells its commands to the page', async () => {
    const { program, window } = await opened();
    await window.page.evaluate(() => {
      const page = globalThis as unknown as {
        told: string[];
        ccnet: { on(name: string, listener: (command: string) => void): void };
      };
      page.told = [];
      page.ccnet.on('command', (command) => page.told.push(command));
    });
    for (const id of ['jobs', 'settings']) await program.control({ do: 'click-menu', id });
    await expect
      .poll(() => window.page.evaluate(() => (globalThis as unknown as { told: string[] }).told))
      .toEqual(['jobs', 'settings']);
  });
});
