import { z } from 'zod';
import { CcnetError } from '#common/errors.ts';
import { parseFactor } from '#common/network/factor.ts';
import { type DeviceId, DEVICES } from '#common/device/device.ts';
import { DEFAULT_FORMATS } from '#contract/jobs/defaultFormats.ts';
import { type ExportFormat, exportFormatSchema } from '#contract/jobs/requestFields.ts';
import { DEFAULT_ALPHAS } from '#common/network/defaultAlphas.ts';
import { DEFAULT_NETWORK } from '#common/network/defaultNetwork.ts';
import { DEFAULT_LIMITS } from '#common/prediction/defaultLimits.ts';
import { NETWORK_FAMILIES, type NetworkFamily } from '#common/network/network.ts';
import { type Limits, limitsSchema } from '#common/prediction/prediction.ts';
import { type TrainingRecipe, trainingRecipeSchema } from '#common/training/training.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { RECIPE_OPTIONS } from '#common/training/recipeOptions.ts';
import type { Invocation } from './command.ts';

export type Options = Invocation['options'];

/** Text of an option, or undefined when it was not given. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Text of an option that the command cannot do without. @throws a CcnetError of wrong use */
export function requiredOption(options: Options, name: string): string {
  const value = textOption(options, name);
  if (value === undefined || value === '') throw new CcnetError('option-missing', { option: name });
  return value;
}

const SUFFIX: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

/** A number such as 0.95, 40 or 2M (k, M and G stand for thousands, millions and billions). @throws a CcnetError of wrong use */
export function numberOption(options: Options, name: string): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const match = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)([kmg]?)b?$/i.exec(text.trim());
  const value = match ? Number(match[1]) * (SUFFIX[(match[2] ?? '').toLowerCase()] ?? 1) : Number.NaN;
  if (!Number.isFinite(value)) {
    throw new CcnetError('option-not-a-number', { option: name, given: text });
  }
  return value;
}

/**
 * A share in (0, 1]: 0.95, 95% or 95. A bare number from 10 on can only be meant as a percentage; between 1 and 10 it may be a slip
 * of the point, and is refused. @throws option-not-a-number, option-not-a-share
 */
export function shareOption(options: Options, name: string): number | undefined {
  const given = textOption(options, name)?.trim();
  if (given === undefined) return undefined;
  const percent = given.endsWith('%');
  const number = percent ? given.slice(0, -1).trimEnd() : given;
  if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number)) {
    throw new CcnetError('option-not-a-number', { option: name, given });
  }
  const value = Number(number);
  const share = percent || value >= 10 ? value / 100 : value;
  if (!(share > 0 && share <= 1)) throw new CcnetError('option-not-a-share', { option: name, given });
  return share;
}

/** One of a fixed set of words. @throws option-not-known, which lists them. */
export function wordOption<Word extends string>(
  options: Options,
  name: string,
  words: readonly Word[],
  fallback: Word,
): Word {
  const text = textOption(options, name) ?? fallback;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined)
    throw new CcnetError('option-not-known', { option: name, given: text, choices: words });
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
  throw new CcnetError('value-out-of-range', {
    name: nameOf(field),
    reason: issue?.message ?? 'is not valid',
  });
}

const kebab = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** "1,1/2,1/4" as numbers, the largest first, without repetition. @throws a CcnetError of wrong use */
export function alphasOption(options: Options): number[] {
  const text = textOption(options, 'alphas');
  const alphas = text === undefined ? [...DEFAULT_ALPHAS] : text.split(',').map(parseFactor);
  return [...new Set(alphas)].sort((a, b) => b - a);
}

/** @throws a CcnetError of wrong use */
export function familyOf(text: string | undefined): NetworkFamily {
  return wordOption({ network: text }, 'network', NETWORK_FAMILIES, DEFAULT_NETWORK.family);
}

/** @throws a CcnetError of wrong use */
export function widthOption(options: Options): number {
  return checked(
    z.number().int().min(1).max(1024),
    numberOption(options, 'width') ?? DEFAULT_NETWORK.width,
    () => '--width',
  );
}

/** The limits of `predict` and `compress`; without any goal it is the default one. @throws a CcnetError of wrong use */
export function limitsOption(options: Options): Limits {
  const given = {
    retain: shareOption(options, 'retain'),
    minDice: shareOption(options, 'min-dice'),
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

/** The training recipe: the default, changed by options. @throws a CcnetError of wrong use */
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

/** Device and number of threads (null: all cores). @throws a CcnetError of wrong use */
export function deviceOption(options: Options): { device: DeviceId; threads: number | null } {
  const threads = numberOption(options, 'threads');
  const valid = checked(z.number().int().min(1).max(256).nullable(), threads ?? null, () => '--threads');
  return { device: wordOption(options, 'device', DEVICES, 'native'), threads: valid };
}

/** "onnx,tfjs" as a list. @throws a CcnetError of wrong use */
export function formatsOption(options: Options): ExportFormat[] {
  const known = exportFormatSchema.options;
  const words = (textOption(options, 'format') ?? DEFAULT_FORMATS.join(',')).split(',');
  return [...new Set(words.map((word) => wordOption({ format: word.trim() }, 'format', known, 'onnx')))];
}

/** The first positional argument of a command; more than it takes were refused before. @throws argument-missing */
export function onePositional([first]: readonly string[], what: string): string {
  if (first === undefined || first === '') throw new CcnetError('argument-missing', { what });
  return first;
}

/** Exactly two positional arguments. */
export function twoPositionals(
  positionals: readonly string[],
  first: string,
  second: string,
): [string, string] {
  const [one = '', ...others] = positionals;
  if (one === '') throw new CcnetError('argument-missing', { what: `${first} and ${second}` });
  return [one, onePositional(others, second)];
}
