/** Values between the ends of a window as 0 to 255, and what lies outside as its ends. */
export function windowed(
  values: ArrayLike<number>,
  { low, high }: { readonly low: number; readonly high: number },
): Uint8Array {
  const scale = 255 / Math.max(high - low, Number.MIN_VALUE);
  // Storing into a clamped array rounds and clips.
  const shown = new Uint8ClampedArray(values.length);
  for (let index = 0; index < shown.length; index += 1) shown[index] = ((values[index] ?? 0) - low) * scale;
  return new Uint8Array(shown.buffer);
}
