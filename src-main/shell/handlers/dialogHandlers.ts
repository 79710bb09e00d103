import { dialog } from 'electron';
import { join, resolve, sep } from 'node:path';
import { READABLE_EXTENSIONS } from '#common/dataset/readableExtensions.ts';
import { CcnetError } from '#common/errors.ts';
import type { Handlers } from '../ipc/serveIpc.ts';
import { fileName } from './fileName.ts';
import type { Services } from './services.ts';

type Calls =
  `dialogs.${'folder' | 'dataset' | 'images' | 'save' | 'libraryFile' | 'groupTable' | 'wholeFolder'}`;

const ZIP = [{ name: 'Zip of images', extensions: ['zip'] }];
/** Films and slices of DICOM often have no extension. Of `nii.gz` dialogs know the last part alone. */
const IMAGES = [
  { name: 'Images', extensions: [...new Set(READABLE_EXTENSIONS.map((one) => one.replace(/^.*\./, '')))] },
  { name: 'All files', extensions: ['*'] },
];
const TABLE = [{ name: 'Table of groups', extensions: ['csv', 'tsv', 'txt'] }];
const LIBRARY = [{ name: 'Calibration library', extensions: ['json'] }];

/** System dialogs. What the user chooses in one may be named by the window from then on. */
export function dialogHandlers({ window, granted, settings, places }: Services): Pick<Handlers, Calls> {
  const open = async (options: Electron.OpenDialogOptions): Promise<string | null> => {
    const parent = window();
    if (!parent) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(parent, options);
    return canceled ? null : remember(filePaths[0]);
  };
  const remember = async (path: string | undefined): Promise<string | null> => {
    if (path) await granted.grant(path);
    return path ?? null;
  };
  return {
    'dialogs.folder': ({ title }) => open({ title, properties: ['openDirectory', 'createDirectory'] }),
    'dialogs.dataset': async () => {
      const title = 'Choose a folder of images, or a .zip of one';
      // Only macOS has a dialog that shows folders and files at once.
      if (process.platform === 'darwin') return open({ title, properties: ['openFile', 'openDirectory'] });
      const parent = window();
      if (!parent) return null;
      const { response } = await dialog.showMessageBox(parent, {
        type: 'question',
        message: 'Where are the images?',
        buttons: ['In a folder', 'In a .zip file', 'Cancel'],
        defaultId: 0,
        cancelId: 2,
      });
      if (response === 2) return null;
      return response === 0
        ? open({ title, properties: ['openDirectory'] })
        : open({ title, properties: ['openFile'], filters: ZIP });
    },
    'dialogs.images': async () => {
      const parent = window();
      if (!parent) return [];
      const { canceled, filePaths } = await dialog.showOpenDialog(parent, {
        title: 'Choose images',
        properties: ['openFile', 'multiSelections'],
        filters: IMAGES,
      });
      if (canceled) return [];
      for (const path of filePaths) await granted.grant(path);
      return filePaths;
    },
    'dialogs.save': async ({ title, suggestion }) => {
      const parent = window();
      if (!parent) return null;
      const folder = (await settings.read()).exportFolder ?? places.exports;
      const defaultPath = join(folder, fileName(suggestion));
      const { canceled, filePath } = await dialog.showSaveDialog(parent, { title, defaultPath });
      return canceled ? null : remember(filePath);
    },
    'dialogs.wholeFolder': async (wanted) => {
      const folder = resolve(wanted.folder);
      if (!(await granted.check(wanted.file)).startsWith(folder + sep))
        throw new CcnetError('path-not-chosen', { path: folder });
      const parent = window();
      if (!parent) return null;
      const { response } = await dialog.showMessageBox(parent, {
        type: 'question',
        message: 'Look at the whole folder?',
        detail: `${folder}\n\nEvery image in it and in its folders is read. Nothing on disk is changed.`,
        buttons: ['Look at the folder', 'Cancel'],
        defaultId: 0,
        cancelId: 1,
      });
      return response === 0 ? remember(folder) : null;
    },
    'dialogs.libraryFile': () =>
      open({ title: 'Import a calibration library', properties: ['openFile'], filters: LIBRARY }),
    'dialogs.groupTable': () =>
      open({ title: 'Choose a table of groups', properties: ['openFile'], filters: TABLE }),
  };
}
