import { z } from 'zod';

/** A file that a job has written, as it is remembered over restarts. */
export const writtenFileSchema = z.object({
  file: z.string().min(1).max(4096),
  /** A format of exported networks, or "report". */
  what: z.string().min(1).max(40),
  /** The trained network that it holds or tells of. */
  network: z.number().int().positive(),
  bytes: z.number().nonnegative().nullable(),
  /** How it agrees with the trained network: "at most" or "on average", and by how much a probability differs; null for reports. */
  differs: z.object({ how: z.enum(['at most', 'on average']), by: z.number().nonnegative() }).nullable(),
});
export type WrittenFile = z.infer<typeof writtenFileSchema>;
