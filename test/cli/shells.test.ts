import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { quoted } from '../../src-main/cli/commandLine.ts';

const WORDS = [
  '$(echo owned)',
  '`echo owned`',
  "it's",
  'a "b"',
  '$HOME',
  '%PATH%',
  'a\\',
  '!!',
  'a;b&c|d',
  '細胞 2',
  '-x',
];

describe.skipIf(process.platform === 'win32')('a command that is offered', () => {
  it.each(WORDS)('gives the shell %j as it is', (word) => {
    const said = execFileSync('sh', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8' });
    expect(said).toBe(word);
  });
});
