import { describe, expect, it } from 'vitest';
import { pathWords } from '../../src-renderer/state/window/pathWords.ts';

const seenFrom = { project: '/home/lab/kidney/kidney.ccnet', home: '/home/lab' };

describe('a path for people', () => {
  it.each([
    ['/home/lab/kidney/images/glas', "images/glas, in the project's folder"],
    ['/home/lab/Documents/CC-Net', '~/Documents/CC-Net'],
    ['/home/lab/kidney-old/glas', '~/kidney-old/glas'],
    ['/home/laboratory/glas', '/home/laboratory/glas'],
    ['/mnt/share/glas.zip', '/mnt/share/glas.zip'],
  ])('%s is shown as %s', (path, words) => {
    expect(pathWords(path, seenFrom)).toBe(words);
  });

  it('is shown whole where nothing is known', () => {
    expect(pathWords('D:\\glas', {})).toBe('D:\\glas');
    expect(pathWords('D:\\lab\\glas', { project: 'D:\\lab\\lab.ccnet' })).toBe(
      "glas, in the project's folder",
    );
  });
});
