import type { AppSettings } from '#contract/channels.ts';
import { call } from '../main/call.ts';
import { attempt } from './toasts.svelte.ts';

const FIRST: AppSettings = {
  theme: 'system',
  reducedMotion: 'system',
  threads: null,
  exportFolder: null,
  notifications: true,
  starterLibrary: true,
};

/** The user's settings; theme and motion act on the page at once. */
class Settings {
  values = $state.raw<AppSettings>(FIRST);
  info = $state.raw({
    version: '',
    platform: '',
    development: false,
    exportFolder: '',
    home: '',
    cores: 1,
    cluster: false,
  });
  #systemDark = $state(matchMedia('(prefers-color-scheme: dark)').matches);
  #systemReduced = $state(matchMedia('(prefers-reduced-motion: reduce)').matches);

  readonly dark = $derived(
    this.values.theme === 'dark' || (this.values.theme === 'system' && this.#systemDark),
  );
  readonly reducedMotion = $derived(
    this.values.reducedMotion === 'on' || (this.values.reducedMotion === 'system' && this.#systemReduced),
  );
  readonly exportFolder = $derived(this.values.exportFolder ?? this.info.exportFolder);

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
      this.#systemDark = event.matches;
    });
    matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', (event) => {
      this.#systemReduced = event.matches;
    });
  }

  load = (): Promise<boolean> =>
    attempt(async () => {
      [this.values, this.info] = await Promise.all([call('settings.get'), call('app.info')]);
    });

  change = (change: Partial<AppSettings>): Promise<boolean> =>
    attempt(async () => {
      this.values = await call('settings.set', change);
    });
}

export const settings = new Settings();
