/** Replaces NaN and infinite values by the least finite one, in place. @returns whether there were any */
export function replaceNotFinite(values: Float32Array): boolean {
  let least = Number.POSITIVE_INFINITY;
  let found = false;
  for (const value of values) {
    if (!Number.isFinite(value)) found = true;
    else if (value < least) least = value;
  }
  if (!found) return false;
  const filler = Number.isFinite(least) ? least : 0;
  for (let index = 0; index < values.length; index += 1) {
    if (!Number.isFinite(values[index])) values[index] = filler;
  }
  return true;
}
