import { realpath } from 'node:fs/promises';
import { dialog } from 'electron';
import type { ProjectView } from '#contract/channels.ts';
import { CancelledError, type CcnetError, hasCode } from '#common/errors.ts';
import type { OpenMode } from '../../workers/project/openedProject.ts';
import type { Services } from '../handlers/services.ts';
import { mayLeaveProject } from './mayLeaveProject.ts';

/**
 * Opens a project in place of the present one, after asking when that has running jobs; offers reading when writing is not possible.
 * Several that are asked for at once, as files that were chosen together, are opened one after the other.
 * @throws CancelledError when the user declines; what common/failures/project.ts lists
 */
export function openProject(services: Services, path: string, mode: OpenMode): Promise<ProjectView> {
  return services.session.inTurn(() => replaceProject(services, path, mode));
}

async function replaceProject(services: Services, path: string, mode: OpenMode): Promise<ProjectView> {
  const { session, jobs, recent, granted, notify } = services;
  if (session.current && mode === 'write' && (await samePath(session.current.path, path)))
    return session.current;
  if (!(await mayLeaveProject(services))) throw new CancelledError('Opening');
  await closeProject(services);
  const view = await openOrRead(services, path, mode);
  jobs.load(await session.call('jobs.latest', undefined));
  await recent.add(view);
  await granted.grant(view.path);
  notify('project.changed', view);
  return view;
}

/** Closes the project, if one is open; its running jobs end as interrupted. */
export async function closeProject({ session, jobs, notify }: Services): Promise<void> {
  if (!session.current) return;
  await jobs.leaveProject();
  await session.close();
  notify('project.changed', null);
}

async function openOrRead(services: Services, path: string, mode: OpenMode): Promise<ProjectView> {
  try {
    return await services.session.open(path, mode);
  } catch (error) {
    // After these it can still be looked at.
    if (mode !== 'write' || !hasCode(error, 'project-in-use', 'project-read-only')) throw error;
    if (!(await offerReading(services, error))) throw error;
    return services.session.open(path, 'read');
  }
}

async function offerReading({ window }: Services, error: CcnetError): Promise<boolean> {
  const parent = window();
  const question: Electron.MessageBoxOptions = {
    type: 'question',
    message: error.message,
    detail:
      'It can be opened for reading only: everything can be looked at, nothing can be started or changed.',
    buttons: ['Open for reading', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  };
  const { response } = parent
    ? await dialog.showMessageBox(parent, question)
    : await dialog.showMessageBox(question);
  return response === 0;
}

async function samePath(a: string, b: string): Promise<boolean> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  return (await real(a)) === (await real(b));
}
