import type * as Electron from 'electron';
import type { DialogAnswer } from '../host/dialog.ts';

/** What `observe` keeps in the main process. */
export interface Observed {
  readonly answers: DialogAnswer[];
  readonly dialogs: { kind: string; options: unknown }[];
  readonly notifications: { title: string; body: string }[];
  readonly revealed: string[];
  readonly blockers: Set<number>;
  focused: number;
  progressBar: number;
}

/**
 * Runs in Electron's main process, as text: answers dialogs in the user's place and notes what the program asks of the system, at
 * the calls to Electron itself.
 */
export function observe({
  dialog,
  shell,
  BrowserWindow,
  Notification,
  powerSaveBlocker,
}: typeof Electron): void {
  const seen: Observed = {
    answers: [],
    dialogs: [],
    notifications: [],
    revealed: [],
    blockers: new Set(),
    focused: 0,
    progressBar: -1,
  };
  (globalThis as unknown as { observed: Observed }).observed = seen;
  const answerOf = (kind: string, args: readonly unknown[]): DialogAnswer => {
    seen.dialogs.push({ kind, options: args.at(-1) });
    return seen.answers.shift() ?? null;
  };
  const pathOf = (answer: DialogAnswer): string => (typeof answer === 'string' ? answer : '');
  const pathsOf = (answer: DialogAnswer): string[] =>
    Array.isArray(answer) ? (answer as string[]) : [pathOf(answer)].filter((path) => path !== '');
  const start = powerSaveBlocker.start.bind(powerSaveBlocker);
  const stop = powerSaveBlocker.stop.bind(powerSaveBlocker);
  const watch = (window: Electron.BrowserWindow): void => {
    const focus = window.focus.bind(window);
    const setProgressBar = window.setProgressBar.bind(window);
    Object.assign(window, {
      focus: () => {
        seen.focused += 1;
        focus();
      },
      setProgressBar: (share: number) => {
        seen.progressBar = share;
        setProgressBar(share);
      },
    });
  };
  Object.assign(dialog, {
    showOpenDialog: (...args: unknown[]) => {
      const filePaths = pathsOf(answerOf('open', args));
      return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
    },
    showSaveDialog: (...args: unknown[]) => {
      const filePath = pathOf(answerOf('save', args));
      return Promise.resolve({ canceled: filePath === '', filePath });
    },
    showMessageBox: (...args: unknown[]) => {
      const answer = answerOf('message', args);
      const { cancelId = 0 } = args.at(-1) as { cancelId?: number };
      return Promise.resolve({
        response: typeof answer === 'number' ? answer : cancelId,
        checkboxChecked: false,
      });
    },
  });
  Object.assign(shell, { showItemInFolder: (path: string) => void seen.revealed.push(path) });
  Object.assign(powerSaveBlocker, {
    start: (type: 'prevent-app-suspension') => {
      const id = start(type);
      seen.blockers.add(id);
      return id;
    },
    stop: (id: number) => {
      seen.blockers.delete(id);
      return stop(id);
    },
  });
  Notification.prototype.show = function (this: Electron.Notification) {
    seen.notifications.push({ title: this.title, body: this.body });
  };
  for (const window of BrowserWindow.getAllWindows()) watch(window);
}
