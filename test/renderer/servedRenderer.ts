import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { build } from 'vite';
import { TISSUES, type Tissue } from '../../src-main/demo/generateDataset.ts';
import { pictureRandom } from '../../src-main/demo/syntheticImage.ts';
import { CONTENT_SECURITY_POLICY } from '../../src-main/shell/protocol/contentPolicy.ts';

const ROOT = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const VARIANTS = 8;
const DRAWN_SIDE = 256;
const TISSUE_OF: readonly Tissue[] = ['glands', 'glands', 'cells', 'membranes'];

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

const pictures = new Map<string, Promise<Buffer>>();

/** A drawn tissue picture or its mask; the same for every `VARIANTS`th image. */
function picture(kind: string, id: number, side: number): Promise<Buffer> {
  const dataset = Math.floor(id / 100_000);
  const variant = id % VARIANTS;
  const key = `${kind} ${dataset} ${variant} ${side}`;
  const known = pictures.get(key);
  if (known) return known;
  const drawn = TISSUES[TISSUE_OF[dataset] ?? 'cells'](DRAWN_SIDE, pictureRandom(dataset * 100 + variant));
  const raw = { width: DRAWN_SIDE, height: DRAWN_SIDE };
  const mask = sharp(Buffer.from(drawn.mask), { raw: { ...raw, channels: 1 } });
  const made = kind.endsWith('mask')
    ? mask.toBuffer().then((alpha) =>
        sharp({ create: { ...raw, channels: 3, background: '#ff8228' } })
          .joinChannel(alpha, { raw: { ...raw, channels: 1 } })
          .png()
          .toBuffer()
          .then((full) => sharp(full).resize(side).png().toBuffer()),
      )
    : sharp(Buffer.from(drawn.pixels), { raw: { ...raw, channels: drawn.channels } })
        .resize(side)
        .png()
        .toBuffer();
  pictures.set(key, made);
  return made;
}

/** Serves the built window with drawn pictures on this computer only, under the program's own content policy. */
export async function serveRenderer(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const media = /^\/media\/(thumbnail|small-mask|image|mask)\/(\d+)$/.exec(url.pathname);
    const answer = async (): Promise<void> => {
      if (media) {
        const [, kind = '', id = ''] = media;
        const small = kind === 'thumbnail' || kind === 'small-mask';
        response.setHeader('content-type', 'image/png');
        response.setHeader('cache-control', 'max-age=3600');
        response.end(await picture(kind, Number(id), small ? 160 : 512));
        return;
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
