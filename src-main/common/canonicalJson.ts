/**
 * JSON of a value that is to be read again. Numbers that JSON has no word for would become null, which nothing accepts in their place.
 * @throws RangeError for a number that is not finite
 */
export function finiteJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => finite(inner));
}

/**
 * JSON with object keys in alphabetical order at every depth, so that equal values give equal text: the form in
 * which recipes and factors are compared and stored.
 * @throws RangeError for a number that is not finite
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isPlainObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : finite(inner),
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function finite(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${value} cannot be stored: it would be read as nothing.`);
  }
  return value;
}
