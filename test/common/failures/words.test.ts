import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '#common/failures/actions.ts';
import { commandLineFailures } from '#common/failures/commandLine.ts';
import {
  exitCodeOf,
  type Failure,
  type FailureCode,
  FAILURES,
  problemOf,
  readFailure,
} from '#common/failures/failures.ts';
import { tensorflowSetupFailures } from '#common/failures/tensorflowSetup.ts';
import { windowFailures } from '#common/failures/window.ts';
import { failureText } from '../../../src-main/cli/failureText.ts';
import { ACTION_WORDS as CLI_WORDS } from '../../../src-main/cli/actionWords.ts';
import { failureWords } from '../../../src-renderer/state/window/failureWords.ts';
import { ACTION_WORDS as WINDOW_WORDS } from '../../../src-renderer/state/window/actionWords.ts';
import { exampleActions, exampleFacts } from './exampleFacts.ts';

const CODES = Object.keys(FAILURES) as FailureCode[];
const COMMAND_LINE_ONLY = { ...commandLineFailures, ...tensorflowSetupFailures };

/** What nobody who sits at a window has before them. */
const COMMAND_LINE = /--\w|(?<!\.)\bccnet \w|command line|\bcommand|terminal|\bnpm |\brun:|\bCtrl\b/i;
/** What nobody who sits at a command line has before them. */
const WINDOW = /\bbutton|\bclick|\bdrop it|in the view|"[A-Z][^"]*" in |this page|this window/i;

const failuresOf = (code: FailureCode): Failure[] =>
  exampleFacts(FAILURES[code].facts).map((facts) => ({ code, facts }) as Failure);

function words(code: FailureCode, say: (failure: Failure) => { problem: string; remedy: string }): string[] {
  return failuresOf(code).map((failure) => {
    const { problem, remedy } = say(failure);
    return `${problem}\n${remedy}`;
  });
}

describe('every failure', () => {
  it.each(CODES)('%s has a name in kebab-case, and words for its problem whatever its facts', (code) => {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const failure of failuresOf(code)) {
      expect(problemOf(failure)).not.toMatch(/undefined|\[object|^$/);
      expect([1, 2, 3, 4, 130]).toContain(exitCodeOf(failure));
      expect(readFailure(JSON.parse(JSON.stringify(failure)))).toEqual(failure);
    }
  });

  it.each(CODES.filter((code) => !(code in windowFailures)))('%s is worded for the command line', (code) => {
    for (const said of words(code, failureText)) expect(said).not.toMatch(WINDOW);
  });

  it.each(CODES.filter((code) => !(code in COMMAND_LINE_ONLY)))('%s is worded for the window', (code) => {
    for (const said of words(code, failureWords)) expect(said).not.toMatch(COMMAND_LINE);
  });

  it.each(CODES.filter((code) => code !== 'told-by-older-version'))(
    '%s says what to do, in whole sentences, wherever it is read',
    (code) => {
      for (const say of [failureText, failureWords]) {
        for (const failure of failuresOf(code)) expect(say(failure).remedy).toMatch(/^[A-Z].{8,}/s);
      }
    },
  );
});

describe('every action', () => {
  it.each(exampleActions())('$kind is worded apart for either surface: $facts', ({ kind, facts }) => {
    const say = (table: typeof CLI_WORDS): string => (table[kind] as (facts: unknown) => string)(facts);
    expect(say(CLI_WORDS)).toMatch(/^[A-Z].+\.$/);
    expect(say(CLI_WORDS)).not.toMatch(WINDOW);
    expect(say(WINDOW_WORDS)).toMatch(/^[A-Z].+\.$/);
    expect(say(WINDOW_WORDS)).not.toMatch(COMMAND_LINE);
    expect(say(WINDOW_WORDS)).not.toBe(say(CLI_WORDS));
  });
});

describe('the sources', () => {
  const sources = ['src-main', 'src-renderer', 'src-webgpu'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|svelte)$/.test(file))
      .map((file) => join(root, file).replaceAll('\\', '/')),
  );
  const texts = new Map(sources.map((file) => [file, readFileSync(file, 'utf8')]));
  const isTable = (file: string): boolean =>
    file.startsWith('src-main/common/failures/') && /: failure\(\{|ACTIONS = \{/.test(texts.get(file) ?? '');
  const product = sources.filter((file) => !isTable(file) && !file.endsWith('/actionWords.ts'));
  const users = (name: string, within = product): string[] =>
    within.filter((file) => texts.get(file)?.includes(`'${name}'`));

  it('fail with every code', () => {
    expect(CODES.filter((code) => users(code).length === 0)).toEqual([]);
  });

  it('ask for every action', () => {
    const asking = sources.filter((file) => !/actionWords\.ts$|failures\/actions\.ts$/.test(file));
    expect(Object.keys(ACTIONS).filter((kind) => users(kind, asking).length === 0)).toEqual([]);
  });

  it('use what only the command line or only the window can word nowhere else', () => {
    const strays = (codes: object, home: RegExp): string[] =>
      Object.keys(codes).flatMap((code) => users(code).filter((file) => !home.test(file)));
    expect(strays(COMMAND_LINE_ONLY, /^src-main\/(cli|engine\/tensorflow)\//)).toEqual([]);
    expect(strays(windowFailures, /^src-(main\/shell|renderer)\//)).toEqual([]);
  });

  it('know no word of the command line but where it is', () => {
    const home = /^src-main\/(cli|shell\/processes)\/|failures\/(commandLine|tensorflowSetup)\.ts$/;
    // Commands by which a report can be repeated or an exported file is used, arguments of other programs, and colours that a style sheet names.
    const other =
      /cluster\/slurm\/(sbatch|slurm)\.ts$|export\/(reportCommands|guide\/exportGuide)\.ts$|tensorflow\/(addonBuildPlan|graphicsCards|tryAddon)\.ts$|plots\/savePlot\.ts$/;
    const word = /['"`>][^'"`\n]*(?:(?<!var\(|[;{]\s*)--[a-z][^'"`\n:]*['"`]|(?<!\.)\bccnet [a-z])/;
    const told = sources.flatMap((file) => {
      const code = (texts.get(file) ?? '').replace(/\/\*[^]*?\*\/|^\s*\/\/.*$|<style>[^]*/gm, '');
      const found = home.test(file) || other.test(file) ? null : word.exec(code);
      return found ? [`${file}: ${found[0]}`] : [];
    });
    expect(told).toEqual([]);
  });

  it('declare no code twice', () => {
    const declared = sources
      .filter(isTable)
      .flatMap((file) => [...(texts.get(file) ?? '').matchAll(/^ {2}'?([a-z0-9-]+)'?: failure\(/gm)])
      .map(([, code]) => code);
    expect(declared.toSorted()).toEqual(CODES.toSorted());
  });
});
