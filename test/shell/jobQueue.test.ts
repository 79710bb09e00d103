import { describe, expect, it } from 'vitest';
import type { Progress } from '#contract/progress.ts';
import { CcnetError, errorFrom } from '#common/errors.ts';
import { EXAMPLE_REQUESTS } from '../contract/exampleRequests.ts';
import { fakeJobSystem, storedView } from './fakeJobSystem.ts';

const { calibrate, compress, predict, report, examples } = EXAMPLE_REQUESTS;
const checkDataset = EXAMPLE_REQUESTS['check-dataset'];

const progress = (epoch: number): Progress => ({
  ...{ stage: 'Training', done: epoch, total: 8, unit: 'epochs', secondsLeft: 60, figures: { epoch } },
});

describe('a job that is started', () => {
  it('runs in a process of its own, under its record in the project, and is told of at every step', async () => {
    const { queue, process, keeper, told, ended, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await settle();
    expect(process(0).order).toEqual({
      request: calibrate,
      project: { path: '/lab.ccnet', writerPid: 1, record: id },
    });
    expect(keeper.start).toHaveBeenCalledExactlyOnceWith(id, 4000, 'native');
    process(0).finish({ trained: 4, skipped: 0, planned: 4, forecast: null, runs: [] });
    await settle();
    expect(told.map(({ state }) => state)).toEqual(['queued', 'running', 'finished']);
    expect(keeper.end).toHaveBeenCalledExactlyOnceWith(id, 'finished', null, []);
    expect(ended).toMatchObject([
      {
        ...{ id, title: 'A job: calibrate', device: 'native', result: { trained: 4 }, error: null },
        ...{ startedAt: '2026-11-01T00:00:00.000Z', finishedAt: '2026-11-01T00:00:00.000Z' },
      },
    ]);
    expect(process(0).stopped).toBe(true);
  });

  it('shows its progress, its curve, its log and what its network finds', async () => {
    const { queue, process, told, shown, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await settle();
    const { tell } = process(0);
    for (const epoch of [1, 2]) tell.onProgress(progress(epoch));
    tell.onLog('Epoch 1');
    tell.onExamples({ epoch: 2, images: [] });
    expect(told.at(-1)?.progress).toEqual(progress(2));
    expect(queue.moments(id).map(({ figures }) => figures['epoch'])).toEqual([1, 2]);
    expect(await queue.log(id)).toEqual(['Epoch 1']);
    expect(queue.examples(id)).toEqual({ epoch: 2, images: [] });
    expect(shown).toEqual([[id, 2]]);
  });

  it('that fails tells the reason and the remedy, and lets the next one begin', async () => {
    const { queue, process, keeper, ended, states, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await queue.start(compress);
    await settle();
    const error = { code: 'dataset-gone', facts: { dataset: 3 } } as const;
    process(0).fail(errorFrom(error));
    await settle();
    expect(ended).toMatchObject([{ id, state: 'failed', error }]);
    expect(keeper.end).toHaveBeenCalledExactlyOnceWith(id, 'failed', error, []);
    expect(await queue.log(id)).toEqual(['Dataset 3 is not in this project any more.']);
    expect(states()).toEqual(['1 failed', '2 running']);
  });

  it('remembers the files of a network that it has written', async () => {
    const { queue, process, keeper, view, settle } = fakeJobSystem();
    const { id } = await queue.start({ kind: 'export', network: 7, formats: ['onnx'], out: '/small' });
    await settle();
    const file = { file: '/small/a.onnx', format: 'onnx', bytes: 12, largestDifference: 1e-7 } as const;
    process(0).finish([file]);
    await settle();
    const written = [
      { file: file.file, what: 'onnx', network: 7, bytes: 12, differs: { how: 'at most', by: 1e-7 } },
    ];
    expect(keeper.end).toHaveBeenCalledExactlyOnceWith(id, 'finished', null, written);
    expect(view(id).written).toEqual(written);
  });

  it('is cleared off the list and the project when it has ended, not before', async () => {
    const { queue, process, keeper, states, settle } = fakeJobSystem();
    const first = await queue.start(calibrate);
    await queue.start(compress);
    await settle();
    process(0).finish({ trained: 4 } as never);
    await settle();
    queue.load([storedView(9, calibrate, 'interrupted'), storedView(8, calibrate, 'cancelled')]);
    await queue.clearEnded();
    expect(keeper.remove).toHaveBeenCalledExactlyOnceWith([first.id, 8]);
    expect(states()).toEqual(['2 running', '9 interrupted']);
  });

  it('needs no project when its kind needs none', async () => {
    const { queue, process, keeper, settle } = fakeJobSystem();
    keeper.project.mockImplementation(() => {
      throw new CcnetError('no-project-open', {});
    });
    const { id, title } = await queue.start(checkDataset);
    await settle();
    expect(id).toBeGreaterThanOrEqual(2 ** 40);
    expect(title).toBe('Check cells');
    expect(process(0).order).toEqual({ request: checkDataset, project: null });
    process(0).finish([]);
    await settle();
    for (const call of [keeper.add, keeper.start, keeper.end]) expect(call).not.toHaveBeenCalled();
    await expect(queue.start(report)).rejects.toThrow('No project is open.');
  });

  it('whose process cannot be started fails', async () => {
    const { queue, startProcess, states, settle } = fakeJobSystem();
    startProcess.mockImplementation(() => {
      throw new Error('spawn EAGAIN');
    });
    await queue.start(calibrate);
    await settle();
    expect(states()).toEqual(['1 failed']);
  });
});

describe('lanes', () => {
  it('let one job compute at a time, in the order of asking, and two quick ones beside it', async () => {
    const { queue, process, processes, states, settle } = fakeJobSystem();
    for (const request of [calibrate, compress, predict, report, examples]) await queue.start(request);
    await settle();
    expect(states()).toEqual(['1 running', '2 queued', '3 running', '4 running', '5 queued']);
    expect(queue.active()).toHaveLength(5);
    process(1).finish([]);
    await settle();
    expect(states()).toEqual(['1 running', '2 queued', '3 finished', '4 running', '5 running']);
    process(0).finish([]);
    await settle();
    expect(processes.map(({ order }) => order?.request.kind)).toEqual([
      ...['calibrate', 'predict', 'report', 'examples', 'compress'],
    ]);
  });

  it('keep a prediction that measures latency from computing beside another', async () => {
    const { queue, states, settle } = fakeJobSystem();
    await queue.start(calibrate);
    await queue.start({ ...predict, limits: { maxLatencyMs: 40, safe: false } });
    await settle();
    expect(states()).toEqual(['1 running', '2 queued']);
  });
});

describe('cancelling', () => {
  it('asks the job to stop, says so meanwhile, and is done when its process has gone', async () => {
    const { queue, process, keeper, told, ended, view, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await settle();
    process(0).tell.onProgress(progress(3));
    const cancelling = queue.cancel(id);
    expect(told.at(-1)?.progress).toMatchObject({ stage: 'Cancelling', done: 3, secondsLeft: null });
    process(0).tell.onProgress(progress(4));
    expect(told.at(-1)?.progress?.stage).toBe('Cancelling');
    await cancelling;
    expect(view(id)).toMatchObject({ state: 'cancelled', error: null, result: null });
    expect(keeper.end).toHaveBeenCalledExactlyOnceWith(id, 'cancelled', null, []);
    expect(process(0).stopped).toBe(true);
    // The user knows.
    expect(ended).toEqual([]);
  });

  it('ends the process of a job that does not answer, after 15 seconds', async () => {
    const { queue, process, states, pass, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await settle();
    process(0).obeys = false;
    const cancelling = queue.cancel(id);
    await pass(14_999);
    expect(process(0).stopped).toBe(false);
    expect(states()).toEqual(['1 running']);
    await pass(1);
    await cancelling;
    expect(process(0).stopped).toBe(true);
    expect(states()).toEqual(['1 cancelled']);
  });

  it('reaches a job also before it has been given its order', async () => {
    const { queue, process, keeper, states, settle } = fakeJobSystem();
    const noted = Promise.withResolvers<unknown>();
    keeper.start.mockReturnValue(noted.promise);
    const { id } = await queue.start(calibrate);
    const cancelling = queue.cancel(id);
    noted.resolve(null);
    await cancelling;
    await settle();
    expect(process(0).order).toBeNull();
    expect(states()).toEqual(['1 cancelled']);
  });

  it('takes a job out of the queue, also when its turn comes while that is being noted', async () => {
    const { queue, process, processes, keeper, states, settle } = fakeJobSystem();
    await queue.start(calibrate);
    const { id } = await queue.start(compress);
    await settle();
    const noted = Promise.withResolvers<unknown>();
    keeper.end.mockReturnValueOnce(noted.promise);
    const cancelling = queue.cancel(id);
    process(0).finish([]);
    await settle();
    noted.resolve(null);
    await cancelling;
    await settle();
    expect(states()).toEqual(['1 finished', '2 cancelled']);
    expect(processes).toHaveLength(1);
  });

  it('leaves a job alone that has ended, and one that does not exist', async () => {
    const { queue, process, states, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await settle();
    process(0).finish([]);
    await settle();
    await queue.cancel(id);
    await queue.pause(id);
    expect(states()).toEqual(['1 finished']);
    expect(() => queue.cancel(99)).toThrow('There is no job 99.');
  });
});

describe('pausing', () => {
  it('gives the process back, and resuming goes on with the same order under the same record', async () => {
    const { queue, process, keeper, view, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await settle();
    process(0).tell.onExamples({ epoch: 2, images: [] });
    await queue.pause(id);
    expect(view(id)).toMatchObject({ state: 'paused', finishedAt: null });
    // The file knows no paused jobs: after a crash it is offered as interrupted.
    expect(keeper.requeue).toHaveBeenCalledExactlyOnceWith(id, null);
    expect(keeper.end).not.toHaveBeenCalled();
    expect(process(0).stopped).toBe(true);
    await queue.resume(id);
    await settle();
    expect(keeper.requeue).toHaveBeenLastCalledWith(id, calibrate);
    expect(process(1).order).toEqual(process(0).order);
    expect(queue.moments(id)).toEqual([]);
    expect(queue.examples(id)).toEqual({ epoch: 2, images: [] });
  });

  it('keeps a waiting job from starting until it is resumed', async () => {
    const { queue, process, states, settle } = fakeJobSystem();
    await queue.start(calibrate);
    const { id } = await queue.start(compress);
    await queue.pause(id);
    process(0).finish([]);
    await settle();
    expect(states()).toEqual(['1 finished', '2 paused']);
    await queue.resume(id);
    await settle();
    expect(states()).toEqual(['1 finished', '2 running']);
  });

  it('becomes cancelling when that is asked for meanwhile', async () => {
    const { queue, process, states, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await settle();
    process(0).obeys = false;
    const pausing = queue.pause(id);
    process(0).obeys = true;
    await Promise.all([pausing, queue.cancel(id)]);
    expect(states()).toEqual(['1 cancelled']);
  });
});

describe('resuming', () => {
  it('takes up a job of an earlier session that was interrupted', async () => {
    const { queue, process, view, settle } = fakeJobSystem();
    queue.load([storedView(7, calibrate, 'interrupted'), storedView(8, report, 'finished')]);
    expect(await queue.log(7)).toEqual(['an earlier session']);
    await queue.resume(7);
    await settle();
    expect(process(0).order).toMatchObject({ request: calibrate, project: { record: 7 } });
    expect(view(7)).toMatchObject({ state: 'running', error: null, finishedAt: null });
  });

  it('twice at once starts it once', async () => {
    const { queue, processes, settle } = fakeJobSystem();
    queue.load([storedView(7, calibrate, 'interrupted')]);
    await Promise.all([queue.resume(7), queue.resume(7)]);
    await settle();
    expect(processes).toHaveLength(1);
  });

  it('on another device asks for it, in the record too', async () => {
    const { queue, process, keeper, view, settle } = fakeJobSystem();
    queue.load([storedView(7, { ...calibrate, device: 'tensorflow' }, 'failed')]);
    await queue.resume(7, 'native');
    await settle();
    expect(process(0).order?.request).toEqual(calibrate);
    expect(keeper.requeue).toHaveBeenCalledExactlyOnceWith(7, calibrate);
    expect(view(7).device).toBe('native');
  });

  it('is refused, and changes nothing, when its dataset is gone', async () => {
    const { queue, processes, keeper, states } = fakeJobSystem();
    queue.load([storedView(7, calibrate, 'interrupted')]);
    keeper.requeue.mockRejectedValue(new CcnetError('job-dataset-gone', { job: 'Job 7' }));
    await expect(queue.resume(7)).rejects.toThrow('its dataset is not in this project');
    expect(states()).toEqual(['7 interrupted']);
    expect(processes).toEqual([]);
  });

  it('is not possible without what was asked', async () => {
    const { queue } = fakeJobSystem();
    queue.load([storedView(7, null, 'interrupted')]);
    await expect(queue.resume(7)).rejects.toThrow('was stored by an older version');
  });
});

describe('a process that dies', () => {
  it('leaves its job interrupted, with the reason, ready to be resumed, and the lane free', async () => {
    const { queue, process, keeper, ended, states, view, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await queue.start(compress);
    await settle();
    process(0).die();
    await settle();
    expect(states()).toEqual(['1 interrupted', '2 running']);
    const facts = { role: 'job', code: 137, reason: 'FATAL ERROR: out of memory' };
    expect(view(id).error).toEqual({ code: 'worker-died', facts });
    expect(keeper.end).toHaveBeenCalledExactlyOnceWith(id, 'interrupted', view(id).error, []);
    expect(ended.map((one) => one.id)).toEqual([id]);
    await queue.resume(id);
    expect(states()).toEqual(['1 queued', '2 running']);
  });
});

describe('a record that cannot be stored', () => {
  const full = new Error('The disk is full.');

  it('of a new job has it not started', async () => {
    const { queue, processes, keeper } = fakeJobSystem();
    keeper.add.mockRejectedValue(full);
    await expect(queue.start(calibrate)).rejects.toThrow('The disk is full.');
    expect(queue.list()).toEqual([]);
    expect(processes).toEqual([]);
  });

  it('of its start fails the job, and nothing is computed', async () => {
    const { queue, process, keeper, view, settle } = fakeJobSystem();
    keeper.start.mockRejectedValue(full);
    const { id } = await queue.start(calibrate);
    await settle();
    expect(view(id)).toMatchObject({ state: 'failed', error: { facts: { reason: 'The disk is full.' } } });
    expect(process(0)).toMatchObject({ order: null, stopped: true });
  });

  it('of its end hides neither the end nor the result', async () => {
    const { queue, process, keeper, ended, settle } = fakeJobSystem();
    keeper.end.mockRejectedValue(full);
    await queue.start(report);
    await settle();
    process(0).finish({ file: '/report.html' });
    await settle();
    expect(ended).toMatchObject([{ state: 'finished', result: { file: '/report.html' } }]);
  });
});

describe('when the project is left', () => {
  it('its jobs stop as interrupted, those that wait stay queued in its file, and others go on', async () => {
    const { queue, process, keeper, told, states, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await queue.start(compress);
    const check = await queue.start(checkDataset);
    await settle();
    await queue.leaveProject();
    expect(keeper.end).toHaveBeenCalledExactlyOnceWith(id, 'interrupted', null, []);
    expect(told.at(-1)).toMatchObject({ id, state: 'interrupted' });
    expect(states()).toEqual([`${check.id} running`]);
    expect(process(1).stopped).toBe(false);
  });

  it('a job that does not stop is ended after 5 seconds', async () => {
    const { queue, process, pass, settle } = fakeJobSystem();
    await queue.start(calibrate);
    await settle();
    process(0).obeys = false;
    const leaving = queue.leaveProject();
    await pass(4_999);
    expect(process(0).stopped).toBe(false);
    await pass(1);
    await leaving;
    expect(process(0).stopped).toBe(true);
  });

  it('a job that is just being recorded is not started in the next project', async () => {
    const { queue, processes, keeper, states } = fakeJobSystem();
    const added = Promise.withResolvers<{ id: number; title: string }>();
    keeper.add.mockReturnValue(added.promise);
    const starting = queue.start(calibrate);
    await queue.leaveProject();
    queue.load([storedView(1, report, 'finished')]);
    added.resolve({ id: 1, title: 'A job' });
    await expect(starting).rejects.toThrow('was cancelled');
    expect(states()).toEqual(['1 finished']);
    expect(processes).toEqual([]);
  });

  it('a job that is just being resumed stays where it was', async () => {
    const { queue, processes, keeper } = fakeJobSystem();
    queue.load([storedView(1, calibrate, 'interrupted')]);
    const requeued = Promise.withResolvers<unknown>();
    keeper.requeue.mockReturnValue(requeued.promise);
    const resuming = queue.resume(1);
    await queue.leaveProject();
    requeued.resolve(null);
    await resuming;
    expect(processes).toEqual([]);
  });
});

describe('when the process that has the project open is lost', () => {
  it('its jobs are ended and forgotten, and nothing is noted in the project that is opened next', async () => {
    const { queue, process, keeper, told, ended, states, settle } = fakeJobSystem();
    const { id } = await queue.start(calibrate);
    await queue.start(compress);
    await settle();
    const losing = queue.loseProject();
    expect(told.slice(-2).map(({ state }) => state)).toEqual(['interrupted', 'interrupted']);
    const before = told.length;
    queue.load([storedView(id, report, 'finished')]);
    await losing;
    await settle();
    expect(process(0).stopped).toBe(true);
    expect(keeper.end).not.toHaveBeenCalled();
    expect(states()).toEqual([`${id} finished`]);
    expect(told).toHaveLength(before);
    expect(ended).toMatchObject([{ id, state: 'interrupted' }]);
  });
});
