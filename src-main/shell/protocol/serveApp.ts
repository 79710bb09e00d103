import { readFile } from 'node:fs/promises';
import { APP_ORIGIN } from './appScheme.ts';
import { containedPath } from './containedPath.ts';
import { CONTENT_SECURITY_POLICY } from './contentPolicy.ts';
import { contentType } from './contentType.ts';
import type { ServeMedia } from './serveMedia.ts';

const MEDIA = '/media/';

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/**
 * Answers every request of the window: files of `root` by name, pictures of the open project below media/, nothing else.
 */
export function serveApp(root: string, media: ServeMedia): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    if (request.method !== 'GET' || `${url.protocol}//${url.host}` !== APP_ORIGIN) return refuse(403);
    if (url.pathname.startsWith(MEDIA)) {
      const picture = await media(url.pathname.slice(MEDIA.length), url.searchParams);
      return typeof picture === 'number' ? refuse(picture) : answer(picture.bytes, picture.type);
    }
    const path = containedPath(root, url.pathname);
    const type = path && contentType(path);
    if (!path || !type) return refuse(404);
    try {
      return answer(await readFile(path), type);
    } catch {
      return refuse(404);
    }
  };
}

function answer(bytes: Uint8Array, type: string): Response {
  return new Response(new Uint8Array(bytes), { headers: { ...HEADERS, 'Content-Type': type } });
}

const refuse = (status: number): Response => new Response(null, { status, headers: HEADERS });
