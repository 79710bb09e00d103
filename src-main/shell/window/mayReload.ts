/** Crashes so near to each other, in milliseconds, have one cause. */
const NEAR = 60_000;
/** So many of them may be chance. */
const MOST = 3;

/** Whether a page that crashed at these times, the last one just now, may be loaded again without asking. */
export function mayReload(crashes: readonly number[]): boolean {
  const last = crashes.at(-1) ?? 0;
  return crashes.filter((at) => last - at < NEAR).length <= MOST;
}
