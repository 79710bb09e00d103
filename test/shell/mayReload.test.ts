import { describe, expect, it } from 'vitest';
import { mayReload } from '../../src-main/shell/window/mayReload.ts';

describe('a page that has crashed', () => {
  it.each([
    ['once', [5000], true],
    ['three times in a minute', [0, 20_000, 40_000], true],
    ['a fourth time in the same minute', [0, 1000, 2000, 3000], false],
    ['a fourth time, long after the first', [0, 20_000, 40_000, 60_000], true],
  ])('%s: loaded again without asking %s', (_, crashes, reloads) => {
    expect(mayReload(crashes)).toBe(reloads);
  });
});
