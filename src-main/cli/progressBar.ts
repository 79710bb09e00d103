import type { Progress, OnProgress } from '#contract/progress.ts';
import { formatDuration } from '#common/format.ts';
import type { Terminal } from './terminal.ts';

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
export function progressBar(terminal: Terminal): { onProgress: OnProgress; clear: () => void } {
  let shown = 0;
  let stage = '';
  const clear = (): void => {
    if (terminal.interactive) terminal.rewriteLine('');
  };
  const onProgress: OnProgress = (progress) => {
    if (!terminal.interactive) {
      if (progress.stage !== stage) terminal.note(progress.stage);
      stage = progress.stage;
      return;
    }
    const now = performance.now();
    if (now - shown < 100 && progress.done < progress.total) return;
    shown = now;
    terminal.rewriteLine(progressLine(progress, terminal.columns));
  };
  return { onProgress, clear };
}
