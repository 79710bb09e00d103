import type { Command, Invocation } from './command.ts';

/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w./,:=@%+-]+$/.test(word) ? word : `"${word.replace(/["\\$`]/g, '\\$&')}"`;
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
