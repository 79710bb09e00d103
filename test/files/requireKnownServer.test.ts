import { describe, expect, it } from 'vitest';
import { requireKnownServer } from '../../src-main/files/requireKnownServer.ts';
import { serverOf } from '../../src-main/files/serverOf.ts';

const nothingChosen = { has: async (): Promise<boolean> => false };
const project = String.raw`C:\lab\glands.ccnet`;

describe('a path of Windows', () => {
  it.each([
    [String.raw`\\evil\share`, 'evil'],
    ['//evil/share', 'evil'],
    [String.raw`/\evil\share`, 'evil'],
    [String.raw`\\EVIL.example@SSL\DavWWWRoot`, 'evil.example@ssl'],
    [String.raw`\\?\UNC\evil\share`, 'evil'],
    [String.raw`\\.\UNC\evil\share`, 'evil'],
    [String.raw`\\?\C:\lab`, null],
    [String.raw`C:\lab`, null],
    [String.raw`C:\\lab`, null],
  ])('%s calls the server %s', (path, server) => {
    expect(serverOf(path, 'win32')).toBe(server);
  });

  it('means no server on other systems', () => {
    expect(serverOf('//evil/share', 'linux')).toBeNull();
  });
});

describe("a stranger's project", () => {
  it('cannot have Windows identify the user to a server by naming it as the place of its images', async () => {
    const call = requireKnownServer(String.raw`\\evil\share\images`, project, nothingChosen, 'win32');
    await expect(call).rejects.toMatchObject({ code: 'unknown-server' });
    await expect(call).rejects.toThrow(/"evil" is not called/);
  });

  it('may name folders of this computer', async () => {
    await requireKnownServer(String.raw`D:\images`, project, nothingChosen, 'win32');
  });

  it('may lie with its images on the server where the user opened it', async () => {
    const opened = String.raw`\\NAS\lab\glands.ccnet`;
    await requireKnownServer(String.raw`\\nas\lab\images`, opened, nothingChosen, 'win32');
  });

  it('may have its images on a server where the user chose them', async () => {
    await requireKnownServer(String.raw`\\nas\lab`, project, { has: async () => true }, 'win32');
  });
});
