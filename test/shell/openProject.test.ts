import { describe, expect, it, vi } from 'vitest';
import type { ProjectView } from '#contract/channels.ts';
import { CcnetError } from '#common/errors.ts';
import type { Services } from '../../src-main/shell/handlers/services.ts';
import { openProject } from '../../src-main/shell/project/openProject.ts';
import { ProjectSession } from '../../src-main/shell/project/projectSession.ts';

vi.mock('electron', () => ({ dialog: {}, utilityProcess: {} }));

const viewOf = (path: string): ProjectView => ({ path, name: path, readOnly: false });

/** A session whose projects open later, in an order of the test's, and the services around it. */
function system() {
  const open: string[] = [];
  const told: (string | null)[] = [];
  class FakeSession extends ProjectSession {
    override get current(): ProjectView | null {
      return open.length > 0 ? viewOf(open.join('+')) : null;
    }
    override open = async (path: string): Promise<ProjectView> => {
      // Answers are a long way off, and that of a damaged file the longest.
      for (let turns = 0; turns < 50; turns++) await Promise.resolve();
      if (path.includes('damaged')) throw new CcnetError('not-a-project', { path, found: 'empty' });
      open.push(path);
      return viewOf(path);
    };
    override close = (): Promise<void> => {
      open.length = 0;
      return Promise.resolve();
    };
    override call = (() => Promise.resolve([])) as never;
  }
  const services = {
    session: new FakeSession('', () => undefined),
    jobs: { active: () => [], load: () => undefined, leaveProject: () => Promise.resolve() },
    recent: { add: () => Promise.resolve() },
    granted: { grant: () => Promise.resolve() },
    window: () => null,
    notify: (_name: string, view: ProjectView | null) => told.push(view?.path ?? null),
  } as unknown as Services;
  return { services, open, told };
}

describe('projects that are opened at one moment, as files that were chosen together', () => {
  it('follow one another, and the last one stays', async () => {
    const { services, open, told } = system();
    await Promise.all(['a.ccnet', 'b.ccnet'].map((path) => openProject(services, path, 'write')));
    expect(open).toEqual(['b.ccnet']);
    expect(told).toEqual(['a.ccnet', null, 'b.ccnet']);
  });

  it('are opened also after one that cannot be', async () => {
    const { services, open } = system();
    const opened = ['damaged.ccnet', 'b.ccnet'].map((path) => openProject(services, path, 'write'));
    await expect(opened[0]).rejects.toMatchObject({ code: 'not-a-project' });
    await opened[1];
    expect(open).toEqual(['b.ccnet']);
  });

  it('are one where they are the same', async () => {
    const { services, open, told } = system();
    await Promise.all(['a.ccnet', 'a.ccnet'].map((path) => openProject(services, path, 'write')));
    expect(open).toEqual(['a.ccnet']);
    expect(told).toEqual(['a.ccnet']);
  });
});
