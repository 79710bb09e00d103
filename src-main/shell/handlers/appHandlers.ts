import { availableParallelism, homedir } from 'node:os';
import { app, nativeTheme } from 'electron';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import type { Handlers } from '../ipc/serveIpc.ts';
import { changeSettings } from '../storage/appSettings.ts';
import type { Services } from './services.ts';

/** About the program, and its settings. */
export function appHandlers({
  places,
  settings,
  granted,
}: Services): Pick<Handlers, 'app.info' | 'settings.get' | 'settings.set'> {
  return {
    'app.info': () => ({
      version: PRODUCT_VERSION,
      platform: process.platform,
      development: !app.isPackaged,
      exportFolder: places.exports,
      home: homedir(),
      cores: availableParallelism(),
    }),
    'settings.get': () => settings.read(),
    'settings.set': async (changes) => {
      if (changes.exportFolder) await granted.check(changes.exportFolder);
      const changed = await settings.update((before) => changeSettings(before, changes));
      nativeTheme.themeSource = changed.theme;
      return changed;
    },
  };
}
