import { inspect, isDeepStrictEqual } from 'node:util';

type Matcher = (actual: unknown, ...expected: never[]) => boolean;

const message = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
const includes = (text: string, part: string | RegExp): boolean =>
  typeof part === 'string' ? text.includes(part) : part.test(text);

/** Vitest's matchers that the engine's tests use. */
const MATCHERS = {
  toBe: (actual, expected: unknown) => Object.is(actual, expected),
  toEqual: (actual, expected: unknown) => isDeepStrictEqual(actual, expected),
  toMatchObject: (actual, expected: object) => matches(actual, expected),
  toBeNull: (actual) => actual === null,
  toBeInstanceOf: (actual: unknown, type: new () => unknown) => actual instanceof type,
  toBeGreaterThan: (actual: number, bound: number) => actual > bound,
  toBeGreaterThanOrEqual: (actual: number, bound: number) => actual >= bound,
  toBeLessThan: (actual: number, bound: number) => actual < bound,
  toBeLessThanOrEqual: (actual: number, bound: number) => actual <= bound,
  toBeCloseTo: (actual: number, expected: number, digits = 2) =>
    actual === expected || Math.abs(actual - expected) < 10 ** -digits / 2,
  toHaveLength: (actual: ArrayLike<unknown>, length: number) => actual.length === length,
  toContain: (actual: string | readonly unknown[], part: never) => actual.includes(part),
  toMatch: (actual: string, part: string | RegExp) => includes(actual, part),
  toThrow: (actual: () => unknown, expected?: string | RegExp | object | (new () => unknown)) => {
    try {
      actual();
    } catch (error) {
      if (typeof expected === 'function') return error instanceof expected;
      if (typeof expected === 'object' && !(expected instanceof RegExp)) return matches(error, expected);
      return expected === undefined || includes(message(error), expected);
    }
    return false;
  },
} satisfies Record<string, (actual: never, ...expected: never[]) => boolean>;

type Checks = { [Name in keyof typeof MATCHERS]: (...expected: unknown[]) => void };

function matches(actual: unknown, expected: object): boolean {
  return Object.entries(expected).every(([key, value]: [string, unknown]) => {
    const found: unknown = Reflect.get(Object(actual) as object, key);
    return typeof value === 'object' && value !== null
      ? matches(found, value)
      : isDeepStrictEqual(found, value);
  });
}

function checks(actual: unknown, negated: boolean, hint: string): Checks {
  const entries = Object.entries(MATCHERS).map(([name, matcher]) => [
    name,
    (...expected: never[]) => {
      if ((matcher as Matcher)(actual, ...expected) !== negated) return;
      const shown = [actual, ...expected].map((value) => inspect(value, { maxArrayLength: 8, depth: 3 }));
      throw new Error(
        `${hint} expect(${shown[0]})${negated ? '.not' : ''}.${name}(${shown.slice(1).join()})`,
      );
    },
  ]);
  return Object.fromEntries(entries) as Checks;
}

const check = (actual: unknown, hint = ''): Checks & { not: Checks } => ({
  ...checks(actual, false, hint),
  not: checks(actual, true, hint),
});

/** A stand-in for Vitest's `expect`; its soft checks are as hard as the others. Objects to match contain each other anyway. */
export const expect = Object.assign(check, { soft: check, objectContaining: (part: object): object => part });
