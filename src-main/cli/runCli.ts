import { parseArgs } from 'node:util';
import { CcnetError, EXIT, UsageError } from '#common/errors.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { type Command, parseArgsOptions } from './command.ts';
import { COMMANDS } from './commands/commands.ts';
import { commandHelp, generalHelp, usageLine } from './helpText.ts';
import { progressBar } from './progressBar.ts';

/** Where a run of the command line reads from and writes to. */
export interface CliStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** The command that the first one or two words name, and the words after it. @throws UsageError */
function selectCommand(words: readonly string[]): { command: Command; rest: string[] } {
  for (const length of [2, 1]) {
    const command = COMMANDS.find(({ name }) => name === words.slice(0, length).join(' '));
    if (command) return { command, rest: words.slice(length) };
  }
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${words[0]} `)).map(({ name }) => name);
  const remedy =
    group.length > 0 ? `Use one of: ${group.join(', ')}.` : 'See the commands with: ccnet --help';
  throw new UsageError(`"${words.slice(0, 2).join(' ')}" is not a command of ccnet.`, remedy);
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
    const message = error instanceof Error ? error.message.split('. To specify')[0] : String(error);
    throw new UsageError(`${message}.`.replace('..', '.'), `Usage: ${usageLine(command)}; more with --help.`);
  }
}

function failure(error: unknown, json: boolean, { stdout, stderr }: CliStreams): number {
  const known = error instanceof CcnetError ? error : null;
  const message =
    known?.message ??
    `Unexpected failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  const remedy = known?.remedy ?? 'Please report this with the command and the text above.';
  const exitCode = known?.exitCode ?? EXIT.internal;
  if (json)
    stdout.write(
      `${JSON.stringify({ error: { name: known?.name ?? 'Error', message, remedy, exitCode } }, null, 2)}\n`,
    );
  else stderr.write(`ccnet: ${message}\n${remedy}\n`);
  return exitCode;
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
  const { stdout, stderr } = streams;
  if (words.length === 0 || words[0] === '--help' || words[0] === '-h') {
    stdout.write(generalHelp(COMMANDS, PRODUCT_VERSION));
    return words.length === 0 ? EXIT.usage : EXIT.done;
  }
  if (words[0] === '--version') {
    stdout.write(`${PRODUCT_VERSION}\n`);
    return EXIT.done;
  }
  const bar = progressBar(stderr);
  const asJson = words.includes('--json');
  try {
    const { command, rest } = selectCommand(words);
    const { values, positionals } = parse(command, rest);
    if (values['help'] === true) {
      stdout.write(commandHelp(command));
      return EXIT.done;
    }
    const options = values as Record<string, string | boolean | undefined>;
    const onProgress = asJson && !stderr.isTTY ? () => undefined : bar.onProgress;
    const answer = await command.run({ positionals, options, signal, onProgress });
    bar.clear();
    stdout.write(asJson ? `${JSON.stringify(answer.json, null, 2)}\n` : `${answer.text}\n`);
    return answer.exitCode ?? EXIT.done;
  } catch (error) {
    bar.clear();
    return failure(error, asJson, streams);
  }
}
