/**
 * Circles as the data of one path: one element where many would make a view slow to show.
 * @param points centres in pixels
 */
export function dotsPath(
  points: readonly { readonly x: number; readonly y: number }[],
  radius: number,
): string {
  const half = (side: number): string => `a${radius} ${radius} 0 1 0 ${side * 2 * radius} 0`;
  return points.map(({ x, y }) => `M${x - radius} ${y}${half(1)}${half(-1)}`).join('');
}
