import { resolve, sep } from 'node:path';

/**
 * The file below `root` that a URL's path names, or null when it leads out of it. The root itself is no file, and a
 * neighbour that only begins like the root ("renderer-secret" beside "renderer") is outside.
 * @param pathname as in URL.pathname: percent-encoded
 */
export function containedPath(root: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  // Backslashes and drive letters are separators on Windows only, and no file of ours has them in its name.
  if (/[\0\\:]/.test(decoded)) return null;
  const base = resolve(root);
  const path = resolve(base, `.${decoded.startsWith('/') ? '' : '/'}${decoded}`);
  return path.startsWith(base + sep) ? path : null;
}
