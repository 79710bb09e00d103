/**
 * A kind of value that a failure or an action may carry: JSON, typed for who throws, and checked once more where it comes from
 * another process or from a file. `of`, `fields` and `options` say what it is made of.
 */
export interface Fact<Value = unknown> {
  readonly kind: 'text' | 'number' | 'flag' | 'choice' | 'optional' | 'list' | 'record' | 'remedy';
  readonly of?: Fact;
  readonly fields?: FactTable;
  readonly options?: readonly Value[];
  readonly holds: (this: void, value: unknown) => value is Value;
}

/** Facts by name. */
export type FactTable = Readonly<Record<string, Fact>>;
export type ValuesOf<Table extends FactTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Fact<infer Value> ? Value : never;
};

export const text: Fact<string> = {
  kind: 'text',
  holds: (value) => typeof value === 'string',
};

export const number: Fact<number> = {
  kind: 'number',
  holds: (value): value is number => Number.isFinite(value),
};

export const flag: Fact<boolean> = {
  kind: 'flag',
  holds: (value) => typeof value === 'boolean',
};

/** One of the given words. */
export function choice<const Word extends string>(...options: readonly Word[]): Fact<Word> {
  return { kind: 'choice', options, holds: (value): value is Word => options.some((one) => one === value) };
}

/** Null where it is not known. */
export function optional<Value>(of: Fact<Value>): Fact<Value | null> {
  return { kind: 'optional', of, holds: (value) => value === null || of.holds(value) };
}

export function list<Value>(of: Fact<Value>): Fact<readonly Value[]> {
  return { kind: 'list', of, holds: (value) => Array.isArray(value) && value.every((one) => of.holds(one)) };
}

export function record<Table extends FactTable>(fields: Table): Fact<ValuesOf<Table>> {
  return { kind: 'record', fields, holds: (value): value is ValuesOf<Table> => holdsAll(fields, value) };
}

/** Whether a value has every fact of a table. */
export function holdsAll(fields: FactTable, value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, fact]) => fact.holds((value as Record<string, unknown>)[name]))
  );
}
