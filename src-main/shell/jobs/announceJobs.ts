import { Notification, powerSaveBlocker } from 'electron';
import { problemOf } from '#common/failures/failures.ts';
import type { JobView } from '#contract/channels.ts';

/** Shorter work is not worth a notification. */
const LONG_MS = 20_000;

const HEADLINE: Partial<Record<JobView['state'], string>> = {
  finished: 'Finished',
  failed: 'Could not finish',
  interrupted: 'Interrupted',
};

/** Tells of the end of long work when the user is looking elsewhere. */
export function announceEnd(job: JobView, window: Electron.BrowserWindow | null, reveal: () => void): void {
  const headline = HEADLINE[job.state];
  const took = Date.parse(job.finishedAt ?? '') - Date.parse(job.startedAt ?? '');
  if (!headline || window?.isFocused() || !(took >= LONG_MS) || !Notification.isSupported()) return;
  const notification = new Notification({
    title: `${headline}: ${job.title}`,
    body: job.error ? problemOf(job.error) : '',
  });
  notification.on('click', reveal);
  notification.show();
}

/** Share of the running jobs that is done, for the taskbar: -1 without any, above 1 (which means "unknown") without totals. */
export function taskbarProgress(active: readonly JobView[]): number {
  if (active.length === 0) return -1;
  const shares = active.flatMap(({ progress }) =>
    progress && progress.total > 0 ? [Math.min(1, progress.done / progress.total)] : [],
  );
  return shares.length === 0 ? 2 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** Keeps the computer awake while there is work. */
export class StayAwake {
  #blocker: number | null = null;

  set(working: boolean): void {
    if (working && this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!working && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }
}
