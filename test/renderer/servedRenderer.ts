import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { CONTENT_SECURITY_POLICY } from '../../src-main/shell/protocol/contentPolicy.ts';
import { drawnPicture } from './drawnPicture.ts';

const ROOT = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** The fake main process as one script for `addInitScript`. */
export async function fakeBridgeScript(): Promise<string> {
  const entry = fileURLToPath(new URL('fake/install.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'fake' } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const chunk = bundle && 'output' in bundle ? bundle.output[0] : undefined;
  if (!chunk) throw new Error('The fake bridge could not be bundled.');
  return chunk.code;
}

/** Serves the built window with drawn pictures on this computer only, under the program's own content policy. */
export async function serveRenderer(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const drawn = drawnPicture(url.pathname);
    const answer = async (): Promise<void> => {
      if (drawn) {
        response.setHeader('content-type', 'image/png');
        response.setHeader('cache-control', 'max-age=3600');
        return void response.end(await drawn);
      }
      if (url.pathname === '/favicon.ico') return void response.writeHead(204).end();
      const path = normalize(join(ROOT, url.pathname === '/' ? 'index.html' : url.pathname));
      response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
      response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
      response.end(await readFile(path));
    };
    answer().catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
