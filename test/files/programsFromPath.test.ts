import { expect, it } from 'vitest';
import { programsFromPath } from '../../src-main/files/programsFromPath.ts';

it('programs that are started by name are never those of the working folder', () => {
  const windows: Record<string, string> = {};
  programsFromPath(windows, 'win32');
  expect(windows).toEqual({ NoDefaultCurrentDirectoryInExePath: '1' });
  const other: Record<string, string> = {};
  programsFromPath(other, 'linux');
  expect(other).toEqual({});
});
