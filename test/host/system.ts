import { EventEmitter } from 'node:events';
import type { NativeTheme, PowerSaveBlocker, Shell } from 'electron';
import { record } from './record.ts';

export class Notification extends EventEmitter {
  readonly #options: { title: string; body: string };

  constructor(options: { title: string; body: string }) {
    super();
    this.#options = options;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    record.notifications.push(this.#options);
  }
}

export const nativeTheme = {
  shouldUseDarkColors: false,
  get themeSource(): NativeTheme['themeSource'] {
    return record.theme as NativeTheme['themeSource'];
  },
  set themeSource(theme: NativeTheme['themeSource']) {
    record.theme = theme;
  },
} satisfies Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>;

export const powerSaveBlocker = {
  start: () => {
    record.awake = true;
    return 1;
  },
  stop: () => {
    record.awake = false;
    return true;
  },
} satisfies Pick<PowerSaveBlocker, 'start' | 'stop'>;

export const shell = {
  showItemInFolder: (path: string) => void record.revealed.push(path),
} satisfies Pick<Shell, 'showItemInFolder'>;
