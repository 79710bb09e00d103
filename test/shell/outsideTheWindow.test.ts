import { describe, expect, it, vi } from 'vitest';
import { resolve } from 'node:path';
import { plotContent } from '../../src-main/shell/handlers/plotContent.ts';
import { fileName } from '../../src-main/shell/handlers/fileName.ts';
import { projectArgument } from '../../src-main/shell/project/projectArgument.ts';
import { lockDownContents } from '../../src-main/shell/security/lockDownContents.ts';
import { isLocal } from '../../src-main/shell/security/lockDownSession.ts';

describe('a plot to be saved', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2]);

  it('is an SVG drawing or a PNG picture', () => {
    expect(plotContent('svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')).toContain('<svg');
    expect(plotContent('png', `data:image/png;base64,${png.toString('base64')}`)).toEqual(png);
  });

  it.each([
    ['a web page', 'svg', '<html><svg></svg></html>'],
    ['a drawing with a script', 'svg', '<svg><script>alert(1)</script></svg>'],
    ['a drawing with an event handler', 'svg', '<svg onload="alert(1)"/>'],
    ['a drawing with a script link', 'svg', '<svg><a href="javascript:alert(1)"/></svg>'],
    ['a program called PNG', 'png', Buffer.from('MZ\u0090').toString('base64')],
  ] as const)('is not %s', (_what, format, data) => {
    expect(() => plotContent(format, data)).toThrow(/nothing was saved/);
  });
});

describe('a suggested file name', () => {
  it.each([
    ['../../.bashrc', '-..-.bashrc'],
    ['/etc/passwd', '-etc-passwd'],
    ['C:\\autoexec.bat', 'C--autoexec.bat'],
    ['curve.svg', 'curve.svg'],
    ['..', 'untitled'],
  ])('%s stays a name', (suggestion, name) => {
    expect(fileName(suggestion)).toBe(name);
  });
});

describe('the arguments of a start', () => {
  it('name a project by its ending, relative to the folder of that start', () => {
    expect(projectArgument(['--flag', 'a/lab.CCNET'], '/home/x')).toBe(resolve('/home/x', 'a/lab.CCNET'));
    expect(projectArgument(['--project=lab.ccnet', 'notes.txt'], '/home/x')).toBeNull();
  });
});

describe('the page', () => {
  it('may request nothing that leaves this computer', () => {
    expect(['app://ccnet/index.html', 'blob:app://ccnet/1', 'data:,x'].every(isLocal)).toBe(true);
    const foreign = [
      'http://127.0.0.1/',
      'https://example.org/',
      'file:///etc/passwd',
      'ws://x/',
      'ftp://x/',
      'x',
    ];
    expect(foreign.filter(isLocal)).toEqual([]);
  });

  it('cannot navigate, open windows or embed pages', () => {
    const listeners = new Map<string, (event: { preventDefault(): void }) => void>();
    let opener: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
    lockDownContents({
      on: (event: string, listener: (event: { preventDefault(): void }) => void) =>
        listeners.set(event, listener),
      setWindowOpenHandler: (handler: typeof opener) => (opener = handler),
    } as unknown as Electron.WebContents);
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      const preventDefault = vi.fn();
      listeners.get(event)?.({ preventDefault });
      expect(preventDefault, event).toHaveBeenCalledOnce();
    }
    expect(opener({ url: 'https://example.org' })).toEqual({ action: 'deny' });
  });
});
