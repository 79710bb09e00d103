import { resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { containedPath } from '../../src-main/shell/protocol/containedPath.ts';

const root = resolve('dist/renderer');

describe('a path of the app protocol', () => {
  it('names a file below the root', () => {
    expect(containedPath(root, '/index.html')).toBe(`${root}${sep}index.html`);
    expect(containedPath(root, '/assets/a%20b.js')).toBe(`${root}${sep}assets${sep}a b.js`);
  });

  it.each([
    ['parent folders', '/../../etc/passwd'],
    ['encoded slashes', '/..%2f..%2fetc/passwd'],
    ['encoded dots', '/%2e%2e/%2e%2e/etc/passwd'],
    ['backslashes', '/..\\..\\windows\\win.ini'],
    ['encoded backslashes', '/..%5c..%5cwindows%5cwin.ini'],
    ['a drive letter', '/C:/windows/win.ini'],
    ['a neighbour that begins like the root', '/../renderer-secret/key.js'],
    ['the root itself', '/'],
    ['the root, by a detour', '/assets/..'],
    ['a NUL byte', '/index.html%00.png'],
    ['an alternate data stream', '/index.html::$DATA'],
    ['malformed escapes', '/%e0%a4%a'],
  ])('does not lead out of it by %s', (_how, pathname) => {
    expect(containedPath(root, pathname)).toBeNull();
  });

  it('does not decode twice', () => {
    expect(containedPath(root, '/%252e%252e/secret.js')).toBe(`${root}${sep}%2e%2e${sep}secret.js`);
  });
});
