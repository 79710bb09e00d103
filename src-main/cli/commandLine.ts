import { isShown } from '#common/shownText.ts';
import { shellWord } from '#common/shellWord.ts';
import type { Command, Invocation } from './command.ts';

/** A word as the user's shell takes it. */
export function quoted(word: string): string {
  // A single % is one in every shell: "95%".
  if (/^[\w./:=+][\w./:=+-]*%?$/.test(word)) return word;
  const plain = shellWord(word, '');
  if (plain !== '') return plain;
  if (!isShown(word)) return '...';
  if (process.platform !== 'win32') return `'${word.replaceAll("'", `'\\''`)}'`;
  // Neither of the two shells there has a way of writing these that the other one understands.
  return /["%$`]|\\$/.test(word) ? '...' : `"${word}"`;
}

/**
 * A command that runs as it stands: with the options that another was given, as far as it knows them.
 * @param more options in place of, or beside, those
 */
export function commandLine(
  command: Pick<Command, 'name' | 'options'>,
  positionals: readonly string[],
  { options }: Pick<Invocation, 'options'>,
  more: Readonly<Record<string, string>> = {},
): string {
  const given = Object.entries({ ...options, ...more }).flatMap(([name, value]) => {
    if (!(name in command.options) || value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, quoted(value)];
  });
  return ['ccnet', command.name, ...positionals.map(quoted), ...given].join(' ');
}
