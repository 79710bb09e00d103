import { z } from 'zod';
import { UsageError } from './errors.ts';

/** A multiplicative factor in (0, 1]: one number for the whole network, or one per convolution in forward order. */
export const factorSchema = z.union([z.number().gt(0).max(1), z.array(z.number().gt(0).max(1)).min(1)]);

export type Factor = number | readonly number[];

/**
 * Reads "1", "0.25" or "1/4".
 * @throws UsageError when the text is no number in (0, 1].
 */
export function parseFactor(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)(?:\s*\/\s*(\d+(?:\.\d+)?))?\s*$/.exec(text);
  const value = match ? Number(match[1]) / Number(match[2] ?? 1) : Number.NaN;
  if (!(value > 0 && value <= 1)) {
    throw new UsageError(
      `"${text}" is not a multiplicative factor.`,
      'Give numbers above 0 and up to 1, such as 1, 0.5 or 1/8.',
    );
  }
  return value;
}

/** Writes a factor as people write it: 1/8 for reciprocals of whole numbers, otherwise up to four digits. */
export function formatFactor(factor: Factor): string {
  if (typeof factor !== 'number') return `[${factor.map(formatFactor).join(', ')}]`;
  if (factor === 1) return '1';
  const reciprocal = 1 / factor;
  return Math.abs(reciprocal - Math.round(reciprocal)) < 1e-6
    ? `1/${Math.round(reciprocal)}`
    : String(Number(factor.toPrecision(4)));
}
