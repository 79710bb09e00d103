const THEN = ', then ';

/**
 * The devices that computed a training, in order: "tensorflow 2.21.0 (CPU) to epoch 3, then native 0.1.0 (2 threads)".
 * @param before trail so far; null when nothing was computed
 * @param epochs finished so far
 * @param now version of the engine that goes on
 */
export function deviceTrail(before: string | null, epochs: number, now: string): string {
  if (before === null || epochs === 0) return now;
  return before.split(THEN).at(-1) === now ? before : `${before} to epoch ${epochs}${THEN}${now}`;
}
