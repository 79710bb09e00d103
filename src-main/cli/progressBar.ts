import type { Progress, OnProgress } from '#contract/progress.ts';
import { formatDuration } from '#common/format.ts';

const BAR = 24;

/** One line for one state of progress: stage, bar, counts, time left, live figures. */
export function progressLine(progress: Progress, columns: number): string {
  const share = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  const bar = '#'.repeat(Math.round(share * BAR)).padEnd(BAR, '.');
  const count =
    progress.total > 0
      ? `${progress.done}/${progress.total} ${progress.unit}`
      : `${progress.done} ${progress.unit}`;
  const left = progress.secondsLeft === null ? '' : `, ${formatDuration(progress.secondsLeft)} left`;
  const message = progress.message === undefined ? '' : `  ${progress.message}`;
  const figures = Object.entries(progress.figures ?? {})
    .map(([name, value]) => `  ${name} ${Number(value.toPrecision(3))}`)
    .join('');
  return `${progress.stage} [${bar}] ${count}${left}${message}${figures}`.slice(0, Math.max(20, columns - 1));
}

/**
 * Shows progress on a terminal as one line rewritten at most ten times a second, and elsewhere as one line a stage.
 * `clear` removes the line before other text is written.
 */
export function progressBar(stream: NodeJS.WriteStream): { onProgress: OnProgress; clear: () => void } {
  let shown = 0;
  let stage = '';
  const clear = (): void => {
    if (stream.isTTY) stream.write('\r\x1b[K');
  };
  const onProgress: OnProgress = (progress) => {
    if (!stream.isTTY) {
      if (progress.stage !== stage) stream.write(`${progress.stage}\n`);
      stage = progress.stage;
      return;
    }
    const now = performance.now();
    if (now - shown < 100 && progress.done < progress.total) return;
    shown = now;
    stream.write(`\r\x1b[K${progressLine(progress, stream.columns)}`);
  };
  return { onProgress, clear };
}
