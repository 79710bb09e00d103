import { z } from 'zod';
import type { ObjectScores } from './objectScores.ts';

/** Object scores as they are stored. */
export const objectScoresSchema = z.object({
  drawn: z.number().int().nonnegative(),
  found: z.number().int().nonnegative(),
  matched: z.number().int().nonnegative(),
  boundary: z.number().nonnegative().nullable(),
}) satisfies z.ZodType<ObjectScores>;
