import type { Progress, OnProgress } from '#contract/progress.ts';

/**
 * Progress of a list of parts of different duration as one: the time left is what is expected until something is done,
 * and then comes from what was expected and what it took; each part's own figures are passed on.
 * @param costs expected seconds of each part
 */
export function overallProgress(
  costs: readonly number[],
  unit: string,
  onProgress: OnProgress,
): (part: number, stage: string) => OnProgress {
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  const started = performance.now();
  return (part, stage) => (inner: Progress) => {
    const before = costs.slice(0, part).reduce((sum, cost) => sum + cost, 0);
    const share = inner.total > 0 ? Math.min(1, inner.done / inner.total) : 0;
    const done = before + (costs[part] ?? 0) * share;
    const seconds = (performance.now() - started) / 1000;
    onProgress({
      ...inner,
      stage,
      message: `${inner.stage} ${inner.done}/${inner.total} ${inner.unit}`,
      done: part,
      total: costs.length,
      unit,
      secondsLeft: done > 0 ? (seconds * (total - done)) / done : total,
    });
  };
}
