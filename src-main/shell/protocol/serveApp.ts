import { APP_ORIGIN, WEBGPU_ORIGIN } from './appScheme.ts';
import { CONTENT_SECURITY_POLICY, WEBGPU_SECURITY_POLICY } from './contentPolicy.ts';
import { serveFolder } from './serveFolder.ts';
import type { ServeMedia } from './serveMedia.ts';

const MEDIA = '/media/';

export interface ServedFolders {
  /** Files of the window's page. */
  readonly page: string;
  /** Files of the hidden window that computes on WebGPU. */
  readonly webgpu: string;
}

/**
 * Answers every request of the windows: each its own files by name, the visible one also pictures of the open project below media/,
 * nothing else.
 */
export function serveApp(folders: ServedFolders, media: ServeMedia): (request: Request) => Promise<Response> {
  const page = serveFolder(folders.page, CONTENT_SECURITY_POLICY);
  const webgpu = serveFolder(folders.webgpu, WEBGPU_SECURITY_POLICY);
  return async (request) => {
    const url = new URL(request.url);
    const origin = `${url.protocol}//${url.host}`;
    if (request.method !== 'GET') return page.refuse(403);
    if (origin === WEBGPU_ORIGIN) return webgpu.file(url.pathname);
    if (origin !== APP_ORIGIN) return page.refuse(403);
    if (!url.pathname.startsWith(MEDIA)) return page.file(url.pathname);
    const picture = await media(url.pathname.slice(MEDIA.length), url.searchParams);
    return typeof picture === 'number' ? page.refuse(picture) : page.bytes(picture.bytes, picture.type);
  };
}
