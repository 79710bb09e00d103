/** Seconds left at the pace so far; null until something is done. @param started a `performance.now()` time in ms */
export function timeLeft(started: number, done: number, total: number): number | null {
  if (done === 0) return null;
  return ((performance.now() - started) / 1000 / done) * (total - done);
}
