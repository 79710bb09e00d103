import type { Command, OptionSpec } from './command.ts';

const WIDTH = 100;

/** Breaks a text into lines of at most WIDTH characters, the following ones indented by `indent`. */
function wrap(text: string, indent: number): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length + 1 > WIDTH - indent && line !== '') lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

function optionLines(options: Readonly<Record<string, OptionSpec>>): string[] {
  const left = Object.entries(options).map(
    ([name, spec]) => `  --${name}${spec.value === undefined ? '' : ` ${spec.value}`}`,
  );
  const column = Math.max(...left.map((text) => text.length)) + 2;
  return Object.values(options).map((spec, i) => {
    const note = spec.required
      ? ' (required)'
      : spec.default === undefined
        ? ''
        : ` (default ${spec.default})`;
    return (left[i] ?? '').padEnd(column) + wrap(spec.help + note, column);
  });
}

/** Usage line of a command, with its required options. */
export function usageLine(command: Command): string {
  const required = Object.entries(command.options)
    .filter(([, spec]) => spec.required)
    .map(([name, spec]) => `--${name} ${spec.value ?? ''}`.trimEnd());
  return ['ccnet', command.name, command.positionals, ...required].filter((word) => word !== '').join(' ');
}

/** Options that every command has. */
const EVERYWHERE: Readonly<Record<string, OptionSpec>> = {
  json: { help: 'answer with one JSON document, failures included' },
  help: { help: 'show this page' },
};

/** The page that `ccnet COMMAND --help` prints. @param below commands whose names begin with it */
export function commandHelp(command: Command, below: readonly Command[] = []): string {
  return [
    `usage: ${usageLine(command)} [options]`,
    '',
    wrap(command.summary, 0),
    '',
    'options:',
    ...optionLines({ ...command.options, ...EVERYWHERE }),
    '',
    `example:\n  ${command.example}`,
    ...(below.length > 0 ? ['', 'see also:', ...commandLines(below)] : []),
  ].join('\n');
}

function commandLines(commands: readonly Command[]): string[] {
  const column = Math.max(...commands.map((command) => command.name.length)) + 4;
  return commands.map((command) => `  ${command.name.padEnd(column)}${wrap(command.summary, column + 2)}`);
}

/** The page that `ccnet dataset --help` prints: the commands that begin with a word. */
export function groupHelp(group: string, commands: readonly Command[]): string {
  return [
    `usage: ccnet ${group} COMMAND [arguments] [options]`,
    '',
    ...commandLines(commands),
    '',
    `The options of each: ccnet ${commands[0]?.name ?? group} --help`,
  ].join('\n');
}

/** The page that `ccnet --help` prints. */
export function generalHelp(commands: readonly Command[], version: string): string {
  return [
    `CC-Net Workstation ${version}: how small may a segmentation network be?`,
    '',
    'usage: ccnet COMMAND [arguments] [--json] [--help]',
    '',
    ...commandLines(commands),
    '',
    'Exit codes: 0 done, 1 unexpected failure, 2 wrong use, 3 bad data, 4 limits cannot be met, 130 cancelled.',
    'Nothing is ever sent over a network, and the original images are never changed.',
  ].join('\n');
}
