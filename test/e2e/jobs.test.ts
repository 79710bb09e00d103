import { afterAll, describe, expect, it } from 'vitest';
import { Project } from '../../src-main/project/project.ts';
import { addDataset, newProject, tinyTraining } from './support/lab.ts';
import { startProgram } from './support/program.ts';
import { AppWindow, closeBrowser } from './support/window.ts';

afterAll(closeBrowser);

/** Far more epochs than any test waits for, and as many as a resumed training then needs. */
const LONG = 400;
const SHORT = 3;

async function lab() {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const path = await newProject(program, window);
  await addDataset(program, window);
  const start = async (epochs: number): Promise<number> => {
    const { id } = await window.call('jobs.start', tinyTraining(epochs));
    return id;
  };
  const epoch = (least: number) => (id: number) =>
    window.until(id, ({ progress }) => (progress?.figures?.['epoch'] ?? 0) >= least);
  return { program, window, path, start, epoch };
}

const firstEpoch = async (window: AppWindow, id: number): Promise<number> => {
  await window.until(id, ({ progress }) => (progress?.figures?.['epoch'] ?? 0) > 0);
  return (await window.call('jobs.moments', id))[0]?.figures['epoch'] ?? 0;
};

describe('a job', () => {
  it('runs to its end, with progress, curves, a log and a result', async () => {
    const { window, start, program } = await lab();
    const id = await start(SHORT);
    const { state, result } = await window.until(id, ({ finishedAt }) => finishedAt !== null);
    expect(state).toBe('finished');
    expect(result).toMatchObject({ trained: 1, skipped: 0 });
    expect((await window.call('jobs.moments', id)).length).toBeGreaterThan(0);
    expect((await window.call('jobs.log', id)).at(-1)).toContain('Finished.');
    expect(await window.call('library.runs', undefined)).toHaveLength(1);
    expect(await program.processes('job')).toEqual([]);
    expect(await program.record()).toMatchObject({ awake: false, progressBar: -1 });
  });

  it('is cancelled soon, and resumes at the epoch where it was', async () => {
    const { window, start, epoch } = await lab();
    const id = await start(LONG);
    await epoch(3)(id);
    await window.call('jobs.cancel', id);
    expect(await window.job(id)).toMatchObject({ state: 'cancelled', error: null });
    await window.call('jobs.resume', id);
    expect(await firstEpoch(window, id)).toBeGreaterThanOrEqual(3);
    await window.call('jobs.cancel', id);
  });

  it('that its device ended goes on on another one', async () => {
    const { window } = await lab();
    const { id } = await window.call('jobs.start', { ...tinyTraining(SHORT), device: 'tensorflow' });
    const failed = await window.until(id, ({ finishedAt }) => finishedAt !== null);
    expect(failed).toMatchObject({ state: 'failed', device: 'tensorflow' });
    expect(failed.error).toMatchObject({ code: 'tensorflow-not-set-up', facts: { device: 'tensorflow' } });
    await window.call('jobs.resumeOn', { id, device: 'native' });
    const ended = await window.until(id, ({ finishedAt }) => finishedAt !== null);
    expect(ended).toMatchObject({ state: 'finished', device: 'native', request: { device: 'native' } });
  });

  it('trains side by side in processes of its own, and survives that one of them is killed', async () => {
    const { window, program, path } = await lab();
    const epochs = 60;
    const request = { ...tinyTraining(epochs), alphas: [0.5, 1], threads: 2, parallel: 2 };
    const { id } = await window.call('jobs.start', request);
    await window.until(
      id,
      ({ progress }) => progress?.trainings?.running === 2 && (progress.figures?.['epoch'] ?? 0) >= 2,
    );
    const [victim] = await program.processes('trainer');
    expect(victim).toBeDefined();
    process.kill(victim ?? Number.NaN, 'SIGKILL');
    const { state, result } = await window.until(id, ({ finishedAt }) => finishedAt !== null);
    expect(state).toBe('finished');
    expect(result).toMatchObject({ trained: 2 });
    expect(await program.processes('trainer')).toEqual([]);
    const project = Project.open(path, { readOnly: true });
    const histories = project.trainings
      .list()
      .map((training) => project.checkpoints.history(training.id).length);
    project.close();
    expect(histories).toEqual([epochs, epochs]);
  });

  it('is paused, gives its process back, and goes on', async () => {
    const { window, start, epoch, program } = await lab();
    const id = await start(LONG);
    await epoch(2)(id);
    await window.call('jobs.pause', id);
    expect((await window.job(id)).state).toBe('paused');
    expect(await program.processes('job')).toEqual([]);
    await window.call('jobs.resume', id);
    expect(await firstEpoch(window, id)).toBeGreaterThanOrEqual(2);
    await window.call('jobs.cancel', id);
  });

  it('shows what its network finds on validation images, also to a page that comes back, and after it is resumed', async () => {
    const { window, start, program } = await lab();
    const id = await start(LONG);
    const shown = () => window.call('jobs.examples', id);
    await expect.poll(shown, { timeout: 20_000 }).not.toBeNull();
    await window.page.reload();
    await expect.poll(() => window.call('projects.current', undefined)).not.toBeNull();
    const before = (await shown())?.epoch ?? 0;
    await expect.poll(async () => (await shown())?.epoch, { timeout: 20_000 }).toBeGreaterThan(before);
    await window.page.keyboard.press('Alt+j');
    const picture = window.page.getByRole('img', {
      name: /Dice [01]\.\d{3}: outlines drawn by hand and found/,
    });
    await picture.first().waitFor();
    expect((await shown())?.images[0]?.overlay).toMatch(/^data:image\/webp;base64,/);

    await window.call('jobs.pause', id);
    expect(await program.processes('job')).toEqual([]);
    const paused = (await shown())?.epoch ?? 0;
    expect(paused).toBeGreaterThan(0);
    await window.call('jobs.resume', id);
    await expect.poll(async () => (await shown())?.epoch, { timeout: 20_000 }).toBeGreaterThan(paused);
    await window.call('jobs.cancel', id);
    expect(window.faults).toEqual([]);
  });

  it('whose worker is killed in mid-epoch says so, and resumes at the last finished epoch', async () => {
    const { window, start, epoch, program } = await lab();
    const id = await start(LONG);
    await epoch(3)(id);
    const [pid] = await program.processes('job');
    process.kill(pid ?? 0, 'SIGKILL');
    const dead = await window.until(id, ({ state }) => state !== 'running');
    expect(dead.state).toBe('interrupted');
    expect(dead.error).toMatchObject({ code: 'worker-died', facts: { role: 'job' } });
    await window.call('jobs.resume', id);
    expect(await firstEpoch(window, id)).toBeGreaterThanOrEqual(3);
    await window.call('jobs.cancel', id);
  });

  it('waits for its turn while another one computes, and can be cancelled in the queue', async () => {
    const { window, start, program } = await lab();
    const first = await start(LONG);
    const second = await start(SHORT);
    expect((await window.job(second)).state).toBe('queued');
    // A short job need not wait.
    const quick = await window.call('jobs.start', {
      kind: 'check-dataset',
      path: `${program.data}/cells-images`,
    });
    expect((await window.until(quick.id, ({ finishedAt }) => finishedAt !== null)).state).toBe('finished');
    await window.call('jobs.cancel', second);
    expect((await window.job(second)).state).toBe('cancelled');
    expect((await window.job(first)).state).toBe('running');
    await window.call('jobs.cancel', first);
  });

  it('that fails tells the reason and its facts', async () => {
    const { window } = await lab();
    const { id } = await window.call('jobs.start', {
      kind: 'examples',
      network: 999,
    });
    const failed = await window.until(id, ({ finishedAt }) => finishedAt !== null);
    expect(failed.state).toBe('failed');
    expect(failed.error).toMatchObject({ code: 'network-or-dataset-gone', facts: { network: 999 } });
  });

  it('goes on with its own dataset, whatever that is called meanwhile, and not without it', async () => {
    const { window, start, epoch } = await lab();
    const id = await start(LONG);
    await epoch(2)(id);
    await window.call('jobs.pause', id);
    const [cells] = await window.call('datasets.list', undefined);
    const dataset = cells?.id ?? 0;
    await window.call('datasets.rename', { id: dataset, name: 'tissue' });
    await window.call('jobs.resume', id);
    expect(await firstEpoch(window, id)).toBeGreaterThanOrEqual(2);
    expect(await window.reply('datasets.remove', dataset)).toMatchObject({
      error: { code: 'dataset-in-use', facts: { job: 'Calibrate U-Net on cells' } },
    });
    await window.call('jobs.pause', id);
    await window.call('datasets.remove', dataset);
    expect(await window.reply('jobs.resume', id)).toMatchObject({
      error: { code: 'job-dataset-gone' },
    });
    expect((await window.job(id)).state).toBe('paused');
  });
});

describe('after kill -9 of the whole program', () => {
  it('the next start offers the job as interrupted, and it goes on at the last finished epoch', async () => {
    const { window, start, epoch, program, path } = await lab();
    const id = await start(LONG);
    await epoch(3)(id);
    await program.kill();

    const again = startProgram({ data: program.data, args: [path] });
    const next = await AppWindow.open(again);
    await expect
      .poll(() => next.call('projects.current', undefined), { timeout: 20_000 })
      .toMatchObject({ path });
    await expect.poll(async () => (await next.call('jobs.list', undefined)).length).toBeGreaterThan(0);
    expect(await next.job(id)).toMatchObject({ state: 'interrupted', request: { kind: 'calibrate' } });
    await next.call('jobs.resume', id);
    expect(await firstEpoch(next, id)).toBeGreaterThanOrEqual(3);
    await next.call('jobs.cancel', id);
    void window;
  });
});

describe('when the process that has the project open is killed', () => {
  it('the project is closed, the user is told, and opening it again offers its job', async () => {
    const { window, start, epoch, program, path } = await lab();
    const id = await start(LONG);
    await epoch(2)(id);
    const [pid] = await program.processes('project');
    process.kill(pid ?? 0, 'SIGKILL');
    await expect.poll(() => window.call('projects.current', undefined), { timeout: 10_000 }).toBeNull();
    await expect.poll(() => program.processes('job'), { timeout: 10_000 }).toEqual([]);
    expect(await window.call('projects.open', path)).toMatchObject({ path });
    expect((await window.job(id)).state).toBe('interrupted');
  });
});
