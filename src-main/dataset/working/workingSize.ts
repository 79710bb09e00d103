/** Size after scaling the shorter side to `workingSide` pixels, the longer one in proportion (rounded). */
export function workingSize(
  width: number,
  height: number,
  workingSide: number,
): { width: number; height: number } {
  const scale = workingSide / Math.min(width, height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
