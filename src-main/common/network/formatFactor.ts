/** Writes a factor as people write it: 1/8 for reciprocals of whole numbers, otherwise up to four digits. */
export function formatFactor(factor: number): string {
  if (factor === 1) return '1';
  const reciprocal = 1 / factor;
  return Math.abs(reciprocal - Math.round(reciprocal)) < 1e-6
    ? `1/${Math.round(reciprocal)}`
    : String(Number(factor.toPrecision(4)));
}
