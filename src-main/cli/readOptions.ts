import { z } from 'zod';
import { UsageError } from '#common/errors.ts';
import { parseFactor } from '#common/network/factor.ts';
import { type DeviceId, DEVICES } from '#common/device/device.ts';
import { type ExportFormat, exportFormatSchema } from '#contract/jobs/requestFields.ts';
import { DEFAULT_ALPHAS } from '#common/network/defaultAlphas.ts';
import { DEFAULT_NETWORK } from '#common/network/defaultNetwork.ts';
import { DEFAULT_LIMITS } from '#common/prediction/defaultLimits.ts';
import { NETWORK_FAMILIES, type NetworkFamily } from '#common/network/network.ts';
import { type Limits, limitsSchema } from '#common/prediction/prediction.ts';
import { type TrainingRecipe, trainingRecipeSchema } from '#common/training/training.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { Invocation } from './command.ts';

type Options = Invocation['options'];

/** Text of an option, or undefined when it was not given. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Text of an option that the command cannot do without. @throws UsageError */
export function requiredOption(options: Options, name: string): string {
  const value = textOption(options, name);
  if (value === undefined || value === '')
    throw new UsageError(`--${name} is missing.`, `Add --${name} with its value.`);
  return value;
}

const SUFFIX: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

/** A number such as 0.95, 40 or 2M (k, M and G stand for thousands, millions and billions). @throws UsageError */
export function numberOption(options: Options, name: string): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const match = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)([kmg]?)b?$/i.exec(text.trim());
  const value = match ? Number(match[1]) * (SUFFIX[(match[2] ?? '').toLowerCase()] ?? 1) : Number.NaN;
  if (!Number.isFinite(value)) {
    throw new UsageError(`--${name} ${text} is not a number.`, 'Give a number such as 0.95, 40 or 2M.');
  }
  return value;
}

/** One of a fixed set of words. @throws UsageError that lists them. */
export function wordOption<Word extends string>(
  options: Options,
  name: string,
  words: readonly Word[],
  fallback: Word,
): Word {
  const text = textOption(options, name) ?? fallback;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined)
    throw new UsageError(`--${name} ${text} is not known.`, `Choose one of: ${words.join(', ')}.`);
  return word;
}

/** Checks values against a schema of the contract and tells a failure in terms of the option. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  nameOf: (field: string) => string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = String(issue?.path[0] ?? '');
  throw new UsageError(
    `${nameOf(field)}: ${issue?.message ?? 'is not valid'}.`,
    'See --help for the values that it takes.',
  );
}

const kebab = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** "1,1/2,1/4" as numbers, the largest first, without repetition. @throws UsageError */
export function alphasOption(options: Options): number[] {
  const text = textOption(options, 'alphas');
  const alphas = text === undefined ? [...DEFAULT_ALPHAS] : text.split(',').map(parseFactor);
  return [...new Set(alphas)].sort((a, b) => b - a);
}

/** @throws UsageError */
export function familyOf(text: string | undefined): NetworkFamily {
  return wordOption({ network: text }, 'network', NETWORK_FAMILIES, DEFAULT_NETWORK.family);
}

/** @throws UsageError */
export function widthOption(options: Options, fallback = DEFAULT_NETWORK.width): number {
  return checked(
    z.number().int().min(1).max(1024),
    numberOption(options, 'width') ?? fallback,
    () => '--width',
  );
}

/** The limits of `predict` and `compress`; without any goal it is the default one. @throws UsageError */
export function limitsOption(options: Options): Limits {
  const given = {
    retain: numberOption(options, 'retain'),
    minDice: numberOption(options, 'min-dice'),
    maxParameters: numberOption(options, 'max-params'),
    maxBytes: numberOption(options, 'max-bytes'),
    maxLatencyMs: numberOption(options, 'max-latency-ms'),
    maxMemory: numberOption(options, 'max-memory'),
    safe: options['safe'] === true,
  };
  const hasGoal = given.retain !== undefined || given.minDice !== undefined;
  const names: Readonly<Record<string, string>> = { maxParameters: '--max-params' };
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return checked(
    limitsSchema,
    hasGoal ? present : { ...DEFAULT_LIMITS, ...present },
    (field) => names[field] ?? kebab(field),
  );
}

const RECIPE_OPTIONS = {
  workingSide: 'working-side',
  crop: 'crop',
  batch: 'batch',
  epochs: 'epochs',
  stepsPerEpoch: 'steps',
  learningRate: 'learning-rate',
  patience: 'patience',
} as const satisfies Partial<Record<keyof TrainingRecipe, string>>;

/** The training recipe: the default, changed by options. @throws UsageError */
export function recipeOption(options: Options): TrainingRecipe {
  const changes = Object.entries(RECIPE_OPTIONS).flatMap(([field, name]) => {
    const value = numberOption(options, name);
    return value === undefined ? [] : [[field, value] as const];
  });
  const recipe = { ...DEFAULT_RECIPE, ...Object.fromEntries(changes) };
  return checked(
    trainingRecipeSchema,
    recipe,
    (field) => `--${RECIPE_OPTIONS[field as keyof typeof RECIPE_OPTIONS] ?? field}`,
  );
}

/** Device and number of threads (null: all cores). @throws UsageError */
export function deviceOption(options: Options): { device: DeviceId; threads: number | null } {
  const threads = numberOption(options, 'threads');
  const valid = checked(z.number().int().min(1).max(256).nullable(), threads ?? null, () => '--threads');
  return { device: wordOption(options, 'device', DEVICES, 'native'), threads: valid };
}

/** "onnx,tfjs" as a list. @throws UsageError */
export function formatsOption(options: Options, name: string): ExportFormat[] {
  const known = exportFormatSchema.options;
  const words = (textOption(options, name) ?? known.join(',')).split(',');
  return [...new Set(words.map((word) => wordOption({ [name]: word.trim() }, name, known, 'onnx')))];
}

/** The one positional argument of a command. @throws UsageError when there are none or several. */
export function onePositional(positionals: readonly string[], what: string): string {
  const [first, ...others] = positionals;
  if (first === undefined || first === '')
    throw new UsageError(`Missing: ${what}.`, 'See --help for the usage.');
  if (others.length > 0)
    throw new UsageError(
      `Too many arguments: ${others.join(' ')}.`,
      `Give only ${what}; quote names with spaces.`,
    );
  return first;
}

/** Exactly two positional arguments. */
export function twoPositionals(
  positionals: readonly string[],
  first: string,
  second: string,
): [string, string] {
  const [one = '', ...others] = positionals;
  if (one === '') throw new UsageError(`Missing: ${first} and ${second}.`, 'See --help for the usage.');
  return [one, onePositional(others, second)];
}
