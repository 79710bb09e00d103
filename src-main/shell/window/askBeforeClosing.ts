import { dialog } from 'electron';
import type { JobView } from '#contract/channels.ts';

/** What becomes of running jobs when the window is closed. */
export type CloseAnswer = 'keep-running' | 'stop' | 'stay';

const ANSWERS: readonly CloseAnswer[] = ['keep-running', 'stop', 'stay'];

/** Asks what is to become of running jobs. */
export async function askBeforeClosing(
  window: Electron.BrowserWindow,
  active: readonly JobView[],
): Promise<CloseAnswer> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message:
      active.length === 1 ? 'A job is still running.' : `${active.length} jobs are still running or waiting.`,
    detail: `${active.map(({ title }) => title).join('\n')}\n\nStopped jobs can be resumed later: they continue from the last finished epoch.`,
    buttons: ['Go on without the window', 'Stop and close', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
  });
  return ANSWERS[response] ?? 'stay';
}
