import { hasCode } from '#common/errors.ts';
import type { Failure } from '#common/failures/failures.ts';
import { failureWords, shownFailure } from './failureWords.ts';

export interface Toast {
  readonly id: number;
  /** What the user did, what the program has to tell, or what went wrong. */
  readonly kind: 'done' | 'notice' | 'error';
  readonly text: string;
  readonly detail?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void | Promise<void> } | undefined;
}

const SECONDS = { done: 8, notice: 14, error: 14 };

/** Short messages at the corner of the window; those with an action stay a little longer. */
class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;

  show(toast: Omit<Toast, 'id'>): void {
    const id = this.#next++;
    // The same message once more takes the place of the first.
    const others = this.list.filter(({ text }) => text !== toast.text);
    this.list = [...others.slice(-3), { ...toast, id }];
    setTimeout(() => this.dismiss(id), (SECONDS[toast.kind] + (toast.action ? 6 : 0)) * 1000);
  }

  done(text: string, action?: Toast['action']): void {
    this.show({ kind: 'done', text, action });
  }

  failed(failure: Failure): void {
    const { problem, remedy } = failureWords(failure);
    this.show({ kind: 'error', text: problem, detail: remedy });
  }

  /** Takes back the messages with an action: it was meant for the project that was open. */
  withdrawOffers(): void {
    this.list = this.list.filter(({ action }) => action === undefined);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();

/** Runs an action of the user; what goes wrong is shown. @returns whether it went well */
export async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    // What the user wanted so is nothing to complain about.
    if (!hasCode(error, 'cancelled')) toasts.failed(shownFailure(error));
    return false;
  }
}
