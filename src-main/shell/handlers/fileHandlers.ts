import { realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { dialog, shell } from 'electron';
import { CcnetError } from '#common/errors.ts';
import { pathsOf } from '#contract/jobs/pathsOf.ts';
import { writeFileSafely } from '../../files/writeFileSafely.ts';
import type { Handlers } from '../ipc/serveIpc.ts';
import { fileName } from './fileName.ts';
import { plotContent } from './plotContent.ts';
import type { Services } from './services.ts';

/** Results on the disk. This is the only place that opens anything outside of the window. */
export function fileHandlers({
  session,
  jobs,
  settings,
  places,
  granted,
  media,
  window,
}: Services): Pick<Handlers, `files.${'reveal' | 'savePlot' | 'saveTable' | 'preview' | 'overlay'}`> {
  /** Plots and tables of this session, which may lie anywhere. */
  const saved: string[] = [];

  /** Asks where to, and writes there. @returns the file, or null when the user cancels */
  async function save(
    title: string,
    suggestion: string,
    format: string,
    content: string | Uint8Array,
  ): Promise<string | null> {
    const parent = window();
    if (!parent) return null;
    const { canceled, filePath } = await dialog.showSaveDialog(parent, {
      title,
      defaultPath: join((await settings.read()).exportFolder ?? places.exports, fileName(suggestion)),
      filters: [{ name: format.toUpperCase(), extensions: [format] }],
    });
    if (canceled || !filePath) return null;
    if (session.current) await session.call('outputs.requireFree', filePath);
    await writeFileSafely(filePath, content);
    saved.push(filePath);
    return filePath;
  }
  return {
    'files.reveal': async (path) => {
      const { exportFolder } = await settings.read();
      const roots = [places.exports, exportFolder, ...saved];
      for (const { request } of jobs.list()) {
        for (const { path: output, access } of request ? pathsOf(request) : []) {
          // A stored job may be a stranger's: looking at its folder alone could call a server.
          if (access === 'write' && (await granted.has(output))) roots.push(output);
        }
      }
      if (!session.current || !(await isInside(path, roots))) {
        // Where results lie, it is said that one is gone; of other places nothing is said.
        const gone = session.current && !(await realFile(path)) && (await isInside(dirname(path), roots));
        throw new CcnetError(gone ? 'result-gone' : 'not-a-result', { path });
      }
      shell.showItemInFolder(await realpath(path));
      return null;
    },
    'files.preview': async ({ root, file, as }) => {
      await granted.check(root).catch(() => granted.check(join(root, file)));
      try {
        const { type, bytes } = await media.draw('preview', { root, file, as });
        return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
      } catch {
        // The doctor's findings say what is wrong with it.
        return null;
      }
    },
    'files.overlay': async (wanted) => {
      await granted.check(wanted.root).catch(() => granted.check(join(wanted.root, wanted.image)));
      try {
        const { type, bytes } = await media.draw('overlay', wanted);
        return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
      } catch {
        return null;
      }
    },
    'files.savePlot': ({ suggestion, format, data }) =>
      save('Save the plot', suggestion, format, plotContent(format, data)),
    'files.saveTable': ({ suggestion, csv }) => save('Save the table', suggestion, 'csv', csv),
  };
}

/** Where a file lies, links followed; null when it is not there. */
const realFile = (file: string): Promise<string | null> => realpath(file).catch(() => null);

/** Whether a file is there and lies in one of the roots (or is one of them), links followed. */
async function isInside(path: string, roots: readonly (string | null)[]): Promise<boolean> {
  const wanted = await realFile(path);
  if (wanted === null) return false;
  for (const root of roots) {
    const found = root === null ? null : await realFile(root);
    if (found !== null && dirname(found) !== found && (wanted === found || wanted.startsWith(found + sep)))
      return true;
  }
  return false;
}
