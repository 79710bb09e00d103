import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serveApp } from '../../src-main/shell/protocol/serveApp.ts';

const folder = mkdtempSync(join(tmpdir(), 'ccnet-app-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'renderer'));
mkdirSync(join(folder, 'renderer-secret'));
mkdirSync(join(folder, 'webgpu'));
writeFileSync(join(folder, 'webgpu', 'index.html'), '<!doctype html><title>hidden</title>');
writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>');
writeFileSync(join(folder, 'renderer', 'key.pem'), 'secret');
writeFileSync(join(folder, 'renderer-secret', 'key.js'), 'secret');
writeFileSync(join(folder, 'secret.js'), 'secret');

const FOLDERS = { page: join(folder, 'renderer'), webgpu: join(folder, 'webgpu') };
const png = { type: 'image/png', bytes: new Uint8Array([1, 2, 3]) } as const;
const serve = serveApp(FOLDERS, async (path) => (path === 'thumbnail/1' ? png : 404));
const get = (url: string): Promise<Response> => serve(new Request(url));

describe('the app protocol', () => {
  it('serves the page under a policy that allows no connection, frame or foreign script', async () => {
    const response = await get('app://ccnet/index.html');
    expect(response.status).toBe(200);
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'none'",
      "frame-src 'none'",
    ]) {
      expect(policy.split('; ')).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*/);
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it('keeps no answer, because image ids mean other images in another project', async () => {
    const response = await get('app://ccnet/media/thumbnail/1');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(png.bytes);
  });

  it.each([
    ['path traversal', 'app://ccnet/..%2f..%2fetc/passwd', 404],
    ['a file above the root', 'app://ccnet/..%2fsecret.js', 404],
    ['a sibling folder with the same beginning', 'app://ccnet/..%2frenderer-secret/key.js', 404],
    ['a kind of file that the page has no use for', 'app://ccnet/key.pem', 404],
    ['a missing file', 'app://ccnet/none.js', 404],
    ['another host', 'app://evil/index.html', 403],
    ['a port', 'app://ccnet:81/index.html', 403],
    ['media above the media', 'app://ccnet/media/..%2findex.html', 404],
  ])('refuses %s', async (_what, url, status) => {
    const response = await get(url);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
  });

  it('serves the hidden page under another origin and a policy that allows its own scripts only', async () => {
    const response = await get('app://webgpu/index.html');
    expect(await response.text()).toContain('hidden');
    const policy = response.headers.get('Content-Security-Policy')?.split('; ') ?? [];
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "trusted-types 'none'"]),
    );
    expect(policy.filter((rule) => /^(connect|img|style|worker|frame)-src/.test(rule))).toEqual([]);
  });

  it('keeps the pictures of the project from the hidden page', async () => {
    expect((await get('app://webgpu/media/thumbnail/1')).status).toBe(404);
  });

  it('answers nothing but GET', async () => {
    const response = await serve(new Request('app://ccnet/index.html', { method: 'POST', body: 'x' }));
    expect(response.status).toBe(403);
  });
});
