/** 1 where `isForeground` holds, 0 elsewhere; a plain loop, because this runs over every pixel of every mask. */
export function foregroundWhere(
  values: ArrayLike<number>,
  isForeground: (value: number) => boolean,
): Uint8Array {
  const foreground = new Uint8Array(values.length);
  for (let pixel = 0; pixel < foreground.length; pixel += 1) {
    if (isForeground(values[pixel] ?? 0)) foreground[pixel] = 1;
  }
  return foreground;
}
