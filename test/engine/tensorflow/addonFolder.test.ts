import { describe, expect, it } from 'vitest';
import { addonFolder } from '../../../src-main/engine/tensorflow/addonFolder.ts';

describe('addonFolder', () => {
  it.each([
    ['linux', {}, '/home/a', '/home/a/.local/share/ccnet-workstation/tensorflow'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/a', '/data/ccnet-workstation/tensorflow'],
    ['darwin', {}, '/Users/a', '/Users/a/Library/Application Support/ccnet-workstation/tensorflow'],
    ['win32', {}, 'C:\\Users\\a', 'C:\\Users\\a\\AppData\\Local\\ccnet-workstation\\tensorflow'],
    ['win32', { LOCALAPPDATA: 'D:\\L' }, 'C:\\Users\\a', 'D:\\L\\ccnet-workstation\\tensorflow'],
  ] as const)('belongs to the user on %s with %o', (platform, environment, home, folder) => {
    expect(addonFolder(platform, environment, home)).toBe(folder);
  });

  it('is where CCNET_TENSORFLOW_HOME says', () => {
    expect(addonFolder('linux', { CCNET_TENSORFLOW_HOME: '/x' }, '/home/a')).toBe('/x');
  });
});
