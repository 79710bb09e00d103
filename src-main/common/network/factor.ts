import { z } from 'zod';
import { CcnetError } from '../errors.ts';

export { type Factor, formatFactor } from './formatFactor.ts';

/** A multiplicative factor in (0, 1]: one number for the whole network, or one per convolution in forward order. */
export const factorSchema = z.union([z.number().gt(0).max(1), z.array(z.number().gt(0).max(1)).min(1)]);

/**
 * Reads "1", "0.25" or "1/4".
 * @throws not-a-factor when the text is no number in (0, 1].
 */
export function parseFactor(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)(?:\s*\/\s*(\d+(?:\.\d+)?))?\s*$/.exec(text);
  const value = match ? Number(match[1]) / Number(match[2] ?? 1) : Number.NaN;
  if (!(value > 0 && value <= 1)) {
    throw new CcnetError('not-a-factor', { given: text });
  }
  return value;
}
