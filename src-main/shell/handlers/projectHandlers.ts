import { extname } from 'node:path';
import { dialog } from 'electron';
import { CcnetError, hasCode } from '#common/errors.ts';
import type { Handlers } from '../ipc/serveIpc.ts';
import { closeProject, openProject } from '../project/openProject.ts';
import { mayLeaveProject } from '../project/mayLeaveProject.ts';
import { openDemo } from '../project/openDemo.ts';
import type { Services } from './services.ts';

const FILTERS = [{ name: 'CC-Net project', extensions: ['ccnet'] }];

type Calls =
  | 'projects.current'
  | 'projects.recent'
  | 'projects.forget'
  | 'projects.create'
  | 'projects.open'
  | 'projects.openDemo'
  | 'projects.close';

/** Opening, making and closing projects. */
export function projectHandlers(services: Services): Pick<Handlers, Calls> {
  const { session, recent, granted, settings, window } = services;

  const askForFile = async (title: string): Promise<string | null> => {
    const parent = window();
    if (!parent) return null;
    const options: Electron.OpenDialogOptions = { title, filters: FILTERS, properties: ['openFile'] };
    const { filePaths, canceled } = await dialog.showOpenDialog(parent, options);
    return canceled ? null : (filePaths[0] ?? null);
  };

  return {
    'projects.current': () => session.current,
    'projects.recent': () => recent.list(),
    'projects.forget': (path) => recent.forget(path),
    'projects.create': async () => {
      const parent = window();
      if (!parent) return null;
      const { filePath, canceled } = await dialog.showSaveDialog(parent, {
        title: 'New project',
        defaultPath: 'lab.ccnet',
        filters: FILTERS,
      });
      if (canceled || !filePath) return null;
      const { starterLibrary } = await settings.read();
      return orNull(
        openProject(services, withExtension(filePath), starterLibrary ? 'create' : 'create-empty'),
      );
    },
    'projects.open': async (path) => {
      const chosen =
        path === undefined ? await askForFile('Open project') : await knownProject(services, path);
      return chosen === null ? null : orNull(openProject(services, chosen, 'write'));
    },
    'projects.openDemo': () => openDemo(services),
    'projects.close': () =>
      session.inTurn(async () => {
        if (await mayLeaveProject(services)) await closeProject(services);
        return null;
      }),
  };

  /** A project that the window names must be in the list of recent ones, or chosen or dropped by the user. */
  async function knownProject({ recent: known }: Services, path: string): Promise<string> {
    if (extname(path).toLowerCase() !== '.ccnet') {
      throw new CcnetError('project-extension', { path });
    }
    const listed = await known.list();
    return listed.some((entry) => entry.path === path) ? path : granted.check(path);
  }
}

const withExtension = (path: string): string =>
  extname(path).toLowerCase() === '.ccnet' ? path : `${path}.ccnet`;

/** A question that the user answered with Cancel is no error. */
async function orNull<Value>(opening: Promise<Value>): Promise<Value | null> {
  try {
    return await opening;
  } catch (error) {
    if (hasCode(error, 'cancelled')) return null;
    throw error;
  }
}
