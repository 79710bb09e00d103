import { describe, expect, it } from 'vitest';
import type { JobView } from '#contract/channels.ts';
import { FIRST_UNRECORDED } from '#contract/jobs/firstUnrecorded.ts';
import { JobEnds } from '../../src-renderer/state/jobs/jobEnds.ts';
import { appendMoment, curveOf } from '../../src-renderer/state/jobs/jobMoments.ts';
import { canResume, inPanelOrder, isLive, upsertJob } from '../../src-renderer/state/jobs/upsertJob.ts';

const job = (id: number, state: JobView['state']): JobView => ({
  id,
  kind: 'compress',
  title: 'Compress',
  request: null,
  state,
  progress: null,
  device: null,
  error: null,
  result: null,
  written: [],
  startedAt: null,
  finishedAt: null,
});

describe('the end of a job', () => {
  it('is told to all who wait for it, and to nobody once its project was left, whatever job has its number then', async () => {
    const ends = new JobEnds();
    const waiting = [ends.of(job(7, 'running')), ends.of(job(7, 'running'))];
    ends.tell(job(7, 'finished'));
    expect(await Promise.all(waiting)).toEqual([job(7, 'finished'), job(7, 'finished')]);
    const left = ends.of(job(8, 'running'));
    const ofNoProject = ends.of(job(FIRST_UNRECORDED, 'running'));
    ends.leaveProject();
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    ends.tell(job(FIRST_UNRECORDED, 'finished'));
    expect(await ofNoProject).toMatchObject({ state: 'finished' });
  });
});

describe('the list of jobs', () => {
  it('has every job once, newest first, as it was told last', () => {
    const list = upsertJob([job(2, 'queued'), job(1, 'finished')], job(2, 'running'));
    expect(list.map(({ id, state }) => `${id} ${state}`)).toEqual(['2 running', '1 finished']);
    expect(upsertJob(list, job(3, 'queued')).map(({ id }) => id)).toEqual([3, 2, 1]);
  });

  it('shows live jobs above ended ones', () => {
    const order = inPanelOrder([job(3, 'finished'), job(2, 'running'), job(1, 'paused')]);
    expect(order.map(({ id }) => id)).toEqual([2, 1, 3]);
  });

  it('shows what waits to be taken up above what has ended, and leaves out what the window asked by itself', () => {
    const asked = { ...job(5, 'finished'), request: { kind: 'inspect-devices' } as const };
    const order = inPanelOrder([job(4, 'finished'), job(3, 'cancelled'), job(1, 'interrupted'), asked]);
    expect(order.map(({ id }) => id)).toEqual([1, 4, 3]);
    const failed = { ...asked, state: 'failed' as const };
    expect(inPanelOrder([failed])).toEqual([failed]);
  });

  it('offers to resume what was paused or interrupted, and what ended early where it is known what was asked', () => {
    const request = { kind: 'measure-complexity', dataset: 1, workingSide: 256 } as const;
    const states = ['paused', 'interrupted', 'running', 'failed', 'cancelled', 'finished'] as const;
    expect(states.map((state) => canResume(job(1, state)))).toEqual([true, true, false, false, false, false]);
    expect(states.map((state) => canResume({ ...job(1, state), request }))).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
    expect(isLive(job(1, 'interrupted'))).toBe(false);
  });
});

describe('the curve of a job', () => {
  const progress = (done: number, figures?: Record<string, number>) => ({
    stage: 'Training',
    done,
    total: 9000,
    unit: 'steps',
    secondsLeft: null,
    ...(figures && { figures }),
  });

  it('grows by what is told, and holds one point a step', () => {
    const once = appendMoment([], progress(1, { loss: 2 }), 't');
    const twice = appendMoment(once, progress(1, { loss: 1 }), 't');
    expect(curveOf(twice, 'loss')).toEqual([{ x: 1, y: 1 }]);
    expect(appendMoment(twice, progress(2), 't')).toBe(twice);
    expect(curveOf(twice, 'validationDice')).toEqual([]);
  });

  it('stays short in long trainings and keeps its ends', () => {
    let moments = appendMoment([], progress(0, { loss: 0 }), 't');
    for (let step = 1; step < 7000; step += 1)
      moments = appendMoment(moments, progress(step, { loss: step }), 't');
    expect(moments.length).toBeLessThanOrEqual(2001);
    expect(moments[0]?.done).toBe(0);
    expect(moments.at(-1)?.done).toBe(6999);
  });
});
