import { describe, expect, it } from 'vitest';
import { shellWord } from '#common/shellWord.ts';
import { isShown, shown } from '#common/shownText.ts';

describe('what would steer a terminal', () => {
  it.each([
    ['\u001b]0;owned\u0007', '\\u001b]0;owned\\u0007'],
    ['a\nccnet: all is well', 'a\\u000accnet: all is well'],
    ['x\u202egnp.exe', 'x\\u202egnp.exe'],
    ['\u200f\u061c\u2066', '\\u200f\\u061c\\u2066'],
    ['\u009b31m', '\\u009b31m'],
  ])('is written out: %j', (text, expected) => {
    expect(shown(text)).toBe(expected);
    expect(isShown(text)).toBe(false);
  });

  it.each(['Zellkörper 2', '細胞', 'קְלִיפָּה', 'खेल', '👩‍🔬', "it's $(x)"])('is not in %j', (text) => {
    expect(shown(text)).toBe(text);
    expect(isShown(text)).toBe(true);
  });
});

describe('a word on a command line that anybody may paste', () => {
  it.each([
    ['cells', 'cells'],
    ['lung cells (2)', '"lung cells (2)"'],
    ["it's; ls & rm | x", '"it\'s; ls & rm | x"'],
    ['細胞', '"細胞"'],
    ['1/2', '1/2'],
    // PowerShell would make two words of the one and nothing of the other.
    ['1,1/2', '"1,1/2"'],
    ['@cells', '"@cells"'],
  ])('%j becomes %s', (word, expected) => {
    expect(shellWord(word, 'NAME')).toBe(expected);
  });

  it.each([
    '$(reboot)',
    '`reboot`',
    '%PATH%',
    'a"b',
    'a\\',
    '!!',
    '-rf',
    '“quoted” by PowerShell',
    'a\nb',
    '',
  ])('%j is left to the reader', (word) => {
    expect(shellWord(word, 'NAME')).toBe('NAME');
  });
});
