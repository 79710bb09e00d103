import type { JobView } from '#contract/channels.ts';
import type { Progress } from '#contract/progress.ts';
import type { Split } from '#common/dataset/dataset.ts';

/** The name of each split, the same everywhere, and what becomes of its images. */
export const SPLIT_WORDS: Readonly<Record<Split, { plain: string; technical: string }>> = {
  train: { plain: 'Training', technical: 'learnt from' },
  validation: { plain: 'Validation', technical: 'watched while training' },
  test: { plain: 'Test', technical: 'never seen in training' },
};

export const STATE_WORDS: Readonly<Record<JobView['state'], string>> = {
  queued: 'Waiting',
  running: 'Running',
  paused: 'Paused',
  finished: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
};

/** A value with three significant digits, without trailing zeros or exponents for usual sizes. */
export function brief(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en-GB');
  if (size < 0.001) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

/** "mask-damaged" as "Mask damaged". */
export function codeWords(code: string): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The last part of a path with either kind of separator. */
export function lastPart(path: string): string {
  return (
    path
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? path
  );
}

/** The folder of a file's path, with its separator style kept. */
export function folderOf(path: string): string {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return at > 0 ? path.slice(0, at) : path;
}

/** "today 14:05", "yesterday", "12 Nov 2026". */
export function whenWords(iso: string, now: Date): string {
  const then = new Date(iso);
  const days = Math.round((startOfDay(now) - startOfDay(then)) / 86_400_000);
  const time = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (days === 0) return `today ${time}`;
  if (days === 1) return `yesterday ${time}`;
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Several trainings of one job: "12 waiting, 2 running, 5 done"; those that were begun are paused with the job. */
export function trainingsWords(
  { waiting, running, done }: NonNullable<Progress['trainings']>,
  isPaused = false,
): string {
  const begun = `${running.toLocaleString('en-GB')} ${isPaused ? 'paused' : 'running'}`;
  return `${waiting.toLocaleString('en-GB')} waiting, ${begun}, ${done.toLocaleString('en-GB')} done`;
}

/** Least time that is worth saying: "about 3 min", "under a minute". */
export function timeLeft(seconds: number): string {
  if (seconds < 60) return 'under a minute';
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min`;
  const hours = seconds / 3600;
  return `about ${hours < 10 ? hours.toFixed(1) : Math.round(hours)} h`;
}
