import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { preventableEvent } from './preventableEvent.ts';
import { takeInstanceLock } from './singleInstance.ts';

type Used = Pick<
  App,
  'getPath' | 'quit' | 'whenReady' | 'requestSingleInstanceLock' | 'enableSandbox' | 'isPackaged'
>;

const data = process.env['CCNET_HOST_DATA'] ?? join(homedir(), '.ccnet-browser');

class AppStandIn extends EventEmitter implements Used {
  readonly isPackaged = false;
  readonly commandLine = { appendSwitch: (): void => undefined };
  #quitting = false;
  /** Closes every window; set by the windows' own module. */
  closeWindows: () => boolean = () => true;

  getPath(name: string): string {
    const path = name === 'userData' ? join(data, 'userData') : join(data, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  whenReady(): Promise<void> {
    return new Promise((ready) => setImmediate(ready));
  }

  requestSingleInstanceLock(): boolean {
    return takeInstanceLock(this.getPath('userData'), (argv, folder) => {
      this.emit('second-instance', {}, argv, folder);
    });
  }

  enableSandbox(): void {
    // Chromium's own sandbox is the browser's business here.
  }

  quit(): void {
    if (this.#quitting) return;
    const event = preventableEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    if (!this.closeWindows()) {
      this.#quitting = false;
      return;
    }
    this.emit('will-quit', preventableEvent());
    setTimeout(() => process.exit(0), 50);
  }
}

export const app = new AppStandIn();
