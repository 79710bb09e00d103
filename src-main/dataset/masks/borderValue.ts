/** The value that occurs most often along the four borders of an image; the smaller one of equals. */
export function borderValue(keys: ArrayLike<number>, width: number, height: number): number {
  const counts = new Map<number, number>();
  const count = (x: number, y: number): void => {
    const key = keys[y * width + x] ?? 0;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (let x = 0; x < width; x += 1) {
    count(x, 0);
    count(x, height - 1);
  }
  for (let y = 1; y < height - 1; y += 1) {
    count(0, y);
    count(width - 1, y);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return most?.[0] ?? 0;
}
