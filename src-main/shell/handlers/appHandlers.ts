import { availableParallelism, homedir } from 'node:os';
import { app, nativeTheme } from 'electron';
import type { Notice } from '#common/licences/notice.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { hasSlurm } from '../../cluster/slurm/slurm.ts';
import type { Handlers } from '../ipc/serveIpc.ts';
import { installedNotices } from '../notices/installedNotices.ts';
import { changeSettings } from '../storage/appSettings.ts';
import type { Services } from './services.ts';

/** About the program, and its settings. */
export function appHandlers({
  places,
  settings,
  granted,
}: Services): Pick<Handlers, 'app.info' | 'app.notices' | 'app.notice' | 'settings.get' | 'settings.set'> {
  // Asked once: a program that is installed meanwhile is found at the next start.
  let cluster: Promise<boolean> | null = null;
  let notices: Promise<readonly Notice[]> | null = null;
  const allNotices = (): Promise<readonly Notice[]> => (notices ??= installedNotices());
  return {
    'app.info': async () => ({
      version: PRODUCT_VERSION,
      platform: process.platform,
      development: !app.isPackaged,
      exportFolder: places.exports,
      home: homedir(),
      cores: availableParallelism(),
      cluster: await (cluster ??= hasSlurm()),
    }),
    'app.notices': async () =>
      (await allNotices()).map(({ name, version, licence, inside }) => ({ name, version, licence, inside })),
    'app.notice': async (place) => {
      const notice = (await allNotices())[place];
      if (!notice) throw new Error(`There is no notice at place ${place}.`);
      return notice.text;
    },
    'settings.get': () => settings.read(),
    'settings.set': async (changes) => {
      if (changes.exportFolder) await granted.check(changes.exportFolder);
      const changed = await settings.update((before) => changeSettings(before, changes));
      nativeTheme.themeSource = changed.theme;
      return changed;
    },
  };
}
