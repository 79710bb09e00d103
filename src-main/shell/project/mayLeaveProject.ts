import { dialog } from 'electron';
import { needsProject } from '#contract/jobs/jobKinds.ts';
import type { Services } from '../handlers/services.ts';

/** Asks before jobs of the open project are stopped. @returns whether it may be closed */
export async function mayLeaveProject({ session, jobs, window }: Services): Promise<boolean> {
  const parent = window();
  const active = jobs.active().filter(({ kind }) => needsProject(kind));
  if (!session.current || active.length === 0 || !parent) return true;
  const { response } = await dialog.showMessageBox(parent, {
    type: 'question',
    message: `${session.current.name} has ${active.length === 1 ? 'a running job' : `${active.length} running jobs`}.`,
    detail: `${active.map(({ title }) => title).join('\n')}\n\nStopped jobs can be resumed later: they continue from the last finished epoch.`,
    buttons: ['Stop and close', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}
