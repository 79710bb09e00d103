import type { JobMoment } from '#contract/channels.ts';
import type { Progress } from '#contract/progress.ts';

const MOST = 2000;

/** Appends what a job has just told to its curve; halves the older points when there are too many. */
export function appendMoment(
  moments: readonly JobMoment[],
  progress: Progress,
  at: string,
): readonly JobMoment[] {
  const { stage, done, total, figures } = progress;
  if (!figures) return moments;
  const last = moments.at(-1);
  const moment: JobMoment = { at, stage, done, total, figures };
  if (last && last.stage === stage && last.done === done) return [...moments.slice(0, -1), moment];
  const kept = moments.length < MOST ? moments : moments.filter((_, i) => i % 2 === 0);
  return [...kept, moment];
}

/** One figure over a job's progress, as the points of a line. */
export function curveOf(moments: readonly JobMoment[], figure: string): { x: number; y: number }[] {
  return moments.flatMap((moment) => {
    const y = moment.figures[figure];
    return y === undefined ? [] : [{ x: moment.done, y }];
  });
}
