import { EventEmitter } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import type { JobCalls } from '../../src-main/workers/job/jobWorker.ts';

/** A process that does not end when it is asked to. */
class Stuck extends EventEmitter {
  readonly pid = undefined;
  readonly stderr = null;
  readonly stdout = null;
  kill(): boolean {
    return true;
  }
  postMessage(): void {
    // It does not listen.
  }
}
const children: Stuck[] = [];

vi.mock('electron', () => ({
  utilityProcess: {
    fork: () => {
      const child = new Stuck();
      children.push(child);
      return child;
    },
  },
}));
const { ProjectSession } = await import('../../src-main/shell/project/projectSession.ts');
const { WorkerProcess } = await import('../../src-main/shell/processes/workerProcess.ts');

afterEach(() => {
  vi.useRealTimers();
});

it('a process that cannot be ended keeps nobody waiting: its calls are rejected, and it counts as gone', async () => {
  vi.useFakeTimers();
  const worker = new WorkerProcess<JobCalls>({ dist: '/nowhere', role: 'job' });
  children.at(-1)?.emit('message', { type: 'ready' });
  const answer = worker.call('cancel', undefined).catch((error: unknown) => error);
  const stopped = worker.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  await stopped;
  expect(await answer).toMatchObject({ name: 'WorkerDiedError' });
  // Its real end, later, is nobody's news.
  children.at(-1)?.emit('exit', 0);
});

it('a project on a disk that does not answer any more is closed all the same', async () => {
  vi.useFakeTimers();
  const session = new ProjectSession('/nowhere', () => undefined);
  const opening = session.open('/share/lab.ccnet', 'write');
  children.at(-1)?.emit('message', { type: 'ready' });
  await vi.advanceTimersByTimeAsync(0);
  const view = { path: '/share/lab.ccnet', name: 'lab', readOnly: false };
  children.at(-1)?.emit('message', { type: 'value', id: 1, value: view });
  expect(await opening).toEqual(view);
  const closed = session.close();
  await vi.advanceTimersByTimeAsync(60_000);
  await closed;
  expect(vi.getTimerCount()).toBe(0);
});

it('one that ends when it is asked to is waited for no longer', async () => {
  vi.useFakeTimers();
  const worker = new WorkerProcess<JobCalls>({ dist: '/nowhere', role: 'job' });
  const stopped = worker.stop();
  children.at(-1)?.emit('exit', 0);
  await stopped;
  expect(vi.getTimerCount()).toBe(0);
});
