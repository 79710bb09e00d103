import { z } from 'zod';
import { formatBytes, formatDuration } from '../format.ts';

/** What a training will take on this machine, told before it begins. */
export const trainingForecastSchema = z.object({
  /** Wall-clock seconds with validation, testing and reading of the images; trained once, to the last epoch. */
  seconds: z.number().nonnegative(),
  /** Range that holds the real duration about nine times in ten, from the errors of the cost model. */
  low: z.number().nonnegative(),
  high: z.number().nonnegative(),
  /** Peak memory of the process, or of the card that trains, in bytes; null where it cannot be foretold. */
  peakBytes: z.number().nonnegative().nullable(),
  /** Whose memory that is: the computer's unless said. */
  memoryOf: z.enum(['computer', 'card']).optional(),
});
export type TrainingForecast = z.infer<typeof trainingForecastSchema>;

/** A forecast as people say it: "about 4 min 05 s (3 min 24 s to 4 min 54 s) and 620 MB of memory". */
export function forecastWords({ seconds, low, high, peakBytes, memoryOf }: TrainingForecast): string {
  const whose = memoryOf === 'card' ? "the card's memory" : 'memory';
  const memory = peakBytes === null ? '' : ` and ${formatBytes(Math.round(peakBytes))} of ${whose}`;
  return `about ${formatDuration(seconds)} (${formatDuration(low)} to ${formatDuration(high)})${memory}`;
}
