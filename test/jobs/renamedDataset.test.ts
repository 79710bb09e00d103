import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JobRequest } from '#contract/jobs/jobKinds.ts';
import { createJob } from '../../src-main/jobs/createJob.ts';
import { Project } from '../../src-main/project/project.ts';
import { projectCalls } from '../../src-main/workers/project/projectCalls.ts';
import { soundPairs } from '../dataset/support/folder.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const quiet = new AbortController().signal;
const silent = (): void => undefined;

/** A project with the datasets "first" and "second", closed. */
async function lab(): Promise<{ path: string; first: number; second: number }> {
  const folder = temporaryFolder();
  const path = join(folder, 'lab.ccnet');
  const project = Project.create(path);
  const added: number[] = [];
  for (const name of ['first', 'second']) {
    for (const [file, bytes] of Object.entries(await soundPairs(8))) {
      await mkdir(join(folder, name, file, '..'), { recursive: true });
      await writeFile(join(folder, name, file), bytes);
    }
    const request = { kind: 'add-dataset', path: join(folder, name), name, splitMode: 'hashed' } as const;
    added.push((await createJob<'add-dataset'>(request, project).run(quiet, silent)).id);
  }
  project.close();
  const [first = 0, second = 0] = added;
  return { path, first, second };
}

/** Notes a job, whose process then dies, and what the user does before the job is taken up again. @returns what it was asked */
function interrupted(
  path: string,
  request: JobRequest,
  meanwhile: (calls: ReturnType<typeof projectCalls>) => void,
): JobRequest {
  const calls = projectCalls();
  calls.open({ path, mode: 'write' });
  const { id } = calls['jobs.add'](request);
  calls['jobs.start']({ id, pid: 1, device: null });
  calls.close();
  calls.open({ path, mode: 'write' });
  meanwhile(calls);
  const stored = calls['jobs.latest']()[0]?.request;
  calls.close();
  if (!stored) throw new Error('The job has lost what it was asked.');
  return stored;
}

describe('a job whose dataset is renamed while it is interrupted', () => {
  it.each([
    ['goes on', 'another one'],
    ['goes on with its own dataset when another one has taken the name', 'first'],
  ])('%s', async (_what, newName) => {
    const { path, first, second } = await lab();
    const asked = { kind: 'measure-complexity', dataset: first, workingSide: 64 } as const;
    const request = interrupted(path, asked, (calls) => {
      calls['datasets.rename']({ id: first, name: 'third' });
      calls['datasets.rename']({ id: second, name: newName });
    });
    const project = Project.open(path);
    const result = await createJob(request, project).run(quiet, silent);
    expect(result).toMatchObject({ dataset: 'third' });
    expect(project.complexity.recipes(first)).toHaveLength(1);
    expect(project.complexity.recipes(second)).toEqual([]);
    project.close();
  });

  it('says that it is gone when it was removed for good, and takes no other in its place', async () => {
    const { path, second } = await lab();
    const asked = { kind: 'measure-complexity', dataset: second, workingSide: 64 } as const;
    const request = interrupted(path, asked, (calls) => calls['datasets.remove'](second));
    const project = Project.open(path);
    project.datasets.add({ ...project.datasets.required(1), name: 'second' }, [], []);
    await expect(createJob(request, project).run(quiet, silent)).rejects.toThrow(
      `Dataset ${second} is not in this project any more.`,
    );
    project.close();
  });
});
