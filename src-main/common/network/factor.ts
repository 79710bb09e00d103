import { z } from 'zod';
import { CcnetError } from '../errors.ts';

export { formatFactor } from './formatFactor.ts';

/** A multiplicative factor in (0, 1], for the whole network. Files of others may hold one for each layer, which is told. */
export const factorSchema = z
  .number({
    error: ({ input }) =>
      Array.isArray(input)
        ? 'differs from layer to layer, and only one for the whole network is known'
        : undefined,
  })
  .gt(0)
  .max(1);

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
