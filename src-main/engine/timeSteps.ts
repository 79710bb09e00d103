const STEPS = 5;
/** Slow steps vary less, and cost more to repeat. */
const ENOUGH_MILLISECONDS = 2000;

/** Median milliseconds of a few calls, after one that is not counted. */
export async function timeSteps(step: () => unknown): Promise<number> {
  await step();
  const times: number[] = [];
  for (let sum = 0; times.length < STEPS && sum < ENOUGH_MILLISECONDS;) {
    const start = performance.now();
    await step();
    const time = performance.now() - start;
    times.push(time);
    sum += time;
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}
