import { parseArgs } from 'node:util';
import { CcnetError, failureOf } from '#common/errors.ts';
import { EXIT } from '#common/exitCodes.ts';
import { exitCodeOf } from '#common/failures/failures.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { type Command, parseArgsOptions } from './command.ts';
import { COMMANDS } from './commands/commands.ts';
import { failureJson, failureText } from './failureText.ts';
import { commandHelp, generalHelp, groupHelp, usageLine } from './helpText.ts';
import { progressBar } from './progressBar.ts';
import { type CliStreams, Terminal } from './terminal.ts';

/** The commands whose first of two words this is. */
const groupOf = (word: string | undefined): readonly Command[] =>
  COMMANDS.filter(({ name }) => name.startsWith(`${word} `));

/** The command that the first one or two words name, and the words after it. @throws unknown-command */
function selectCommand(words: readonly string[]): { command: Command; rest: string[] } {
  for (const length of [2, 1]) {
    const command = COMMANDS.find(({ name }) => name === words.slice(0, length).join(' '));
    if (command) return { command, rest: words.slice(length) };
  }
  const similar = groupOf(words[0]).map(({ name }) => name);
  throw new CcnetError('unknown-command', { given: words.slice(0, 2).join(' '), similar });
}

/** The option that Node's parser does not know, or null when something else is wrong. */
function unknownOption(error: unknown): string | null {
  const isUnknown =
    error instanceof Error && 'code' in error && error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
  return isUnknown ? (/'-{1,2}([^'\s=]+)/.exec(error.message)?.[1] ?? null) : null;
}

function parse(command: Command, words: readonly string[]): ReturnType<typeof parseArgs> {
  try {
    const options = {
      ...parseArgsOptions(command.options),
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    const unknown = unknownOption(error);
    if (unknown !== null) {
      const similar = Object.keys(command.options).filter(
        (name) => unknown.startsWith(name) || name.startsWith(unknown),
      );
      throw new CcnetError('unknown-option', { option: unknown, command: command.name, similar });
    }
    const message = error instanceof Error ? error.message.split('. To specify')[0] : String(error);
    const reason = `${message}.`.replace('..', '.');
    throw new CcnetError('wrong-options', { reason, usage: usageLine(command) });
  }
}

/** Arguments beyond those in the usage line would be ignored without a word. @throws too-many-arguments */
function refuseSurplus({ name, positionals: shown }: Command, positionals: readonly string[]): void {
  if (shown.endsWith('...')) return;
  const places = shown.split(' ').filter((word) => word !== '');
  const given = positionals.slice(places.length);
  if (given.length > 0) throw new CcnetError('too-many-arguments', { given, expected: shown, command: name });
}

/** Tells what went wrong. @returns the exit code */
function fail(error: unknown, asJson: boolean, terminal: Terminal): number {
  const failure = failureOf(error);
  const { problem, remedy } = failureText(failure);
  if (asJson) terminal.printJson({ error: failureJson(failure) });
  else if (failure.code === 'program-fault') {
    const stack = error instanceof Error ? error.stack : undefined;
    terminal.note(`ccnet: Unexpected failure: ${stack ?? problem}\n${remedy}`);
  } else terminal.note(`ccnet: ${problem}\n${remedy}`);
  return exitCodeOf(failure);
}

/**
 * Runs `ccnet` with the given words.
 * @param signal aborted by Ctrl-C: the running job stops soon and keeps what it finished
 * @returns the exit code: 0 done, 1 unexpected failure, 2 wrong use, 3 bad data, 4 limits cannot be met, 130 cancelled
 */
export async function runCli(
  words: readonly string[],
  signal: AbortSignal,
  streams: CliStreams,
): Promise<number> {
  const terminal = new Terminal(streams);
  const exitCode = await run(words, signal, terminal);
  const reason = await terminal.written();
  if (reason === null) return exitCode;
  return fail(new CcnetError('output-unwritable', { reason }), false, terminal);
}

async function run(words: readonly string[], signal: AbortSignal, terminal: Terminal): Promise<number> {
  if (words.length === 0 || words[0] === '--help' || words[0] === '-h') {
    terminal.print(generalHelp(COMMANDS, PRODUCT_VERSION));
    return words.length === 0 ? EXIT.usage : EXIT.done;
  }
  if (words[0] === '--version') {
    terminal.print(PRODUCT_VERSION);
    return EXIT.done;
  }
  const group = groupOf(words[0]);
  const isCommand = COMMANDS.some(({ name }) => name === words[0]);
  if (group.length > 0 && !isCommand && words.length === 2 && (words[1] === '--help' || words[1] === '-h')) {
    terminal.print(groupHelp(words[0] ?? '', group));
    return EXIT.done;
  }
  const bar = progressBar(terminal);
  const asJson = words.includes('--json');
  try {
    const { command, rest } = selectCommand(words);
    const { values, positionals } = parse(command, rest);
    if (values['help'] === true) {
      terminal.print(commandHelp(command, groupOf(command.name)));
      return EXIT.done;
    }
    refuseSurplus(command, positionals);
    const options = values as Record<string, string | boolean | undefined>;
    const onProgress = asJson && !terminal.interactive ? () => undefined : bar.onProgress;
    const answer = await command.run({ positionals, options, signal, onProgress });
    bar.clear();
    if (asJson) terminal.printJson(answer.json);
    else terminal.print(answer.text);
    return answer.exitCode ?? EXIT.done;
  } catch (error) {
    bar.clear();
    return fail(error, asJson, terminal);
  }
}
