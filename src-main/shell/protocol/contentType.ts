import { extname } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Content type by extension; null for kinds of files that the page has no use for. */
export function contentType(path: string): string | null {
  return TYPES[extname(path).toLowerCase()] ?? null;
}
