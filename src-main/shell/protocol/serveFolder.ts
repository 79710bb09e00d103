import { readFile } from 'node:fs/promises';
import { containedPath } from './containedPath.ts';
import { contentType } from './contentType.ts';

/** How a page of this program may be answered: what its policy lets it do, and for whom the answers are. */
export interface PageAnswers {
  file(pathname: string): Promise<Response>;
  bytes(bytes: Uint8Array, type: string): Response;
  refuse(status: number): Response;
}

/** Answers with the files below `root`, of the kinds that pages use, and with the headers that keep a page to itself. */
export function serveFolder(root: string, policy: string): PageAnswers {
  const headers = {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
  const refuse = (status: number): Response => new Response(null, { status, headers });
  const bytes = (content: Uint8Array, type: string): Response =>
    new Response(new Uint8Array(content), { headers: { ...headers, 'Content-Type': type } });
  return {
    refuse,
    bytes,
    async file(pathname) {
      const path = containedPath(root, pathname);
      const type = path && contentType(path);
      if (!path || !type) return refuse(404);
      try {
        return bytes(await readFile(path), type);
      } catch {
        return refuse(404);
      }
    },
  };
}
