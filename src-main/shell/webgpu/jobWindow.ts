import { type HiddenWindow, openWebgpuWindow } from './openWebgpuWindow.ts';

/** The hidden window of one job, if the job has asked for one. */
export class JobWindow {
  readonly #dist: string;
  #window: HiddenWindow | null = null;

  constructor(dist: string) {
    this.#dist = dist;
  }

  /** Opens the window, in the place of one that it had before. @returns the job's end of the channel to it */
  open(): Electron.MessagePortMain {
    this.close();
    this.#window = openWebgpuWindow(this.#dist);
    return this.#window.port;
  }

  close(): void {
    this.#window?.close();
    this.#window = null;
  }
}
