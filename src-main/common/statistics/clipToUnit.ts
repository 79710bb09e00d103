/** The nearest number in [0, 1], where Dice lives. */
export function clipToUnit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
