import { describe, expect, it, vi } from 'vitest';
import type { Progress } from '#contract/progress.ts';
import { JobJournal } from '../../src-main/workers/job/jobJournal.ts';
import { LogLines } from '../../src-main/workers/job/logLines.ts';
import { throttle } from '../../src-main/workers/job/throttle.ts';

const progress = (changes: Partial<Progress>): Progress => ({
  stage: 'Training',
  done: 0,
  total: 10,
  unit: 'steps',
  secondsLeft: null,
  ...changes,
});

describe('throttled progress', () => {
  it('passes on the first at once, the last of many a little later, and nothing twice', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const sent: number[] = [];
    const throttled = throttle(100, (value: number) => sent.push(value));
    for (const value of [1, 2, 3]) throttled.call(value);
    expect(sent).toEqual([1]);
    vi.advanceTimersByTime(100);
    expect(sent).toEqual([1, 3]);
    throttled.call(4);
    throttled.flush();
    throttled.flush();
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([1, 3, 4]);
    vi.useRealTimers();
  });
});

describe('the log of a job', () => {
  it('has a line for every stage, epoch and new message, not for every step', () => {
    const lines: string[] = [];
    const log = new LogLines((line) => lines.push(line.slice(21)));
    for (let step = 0; step < 10; step++) {
      const figures = { epoch: step < 5 ? 1 : 2, loss: 1 / (step + 1) };
      log.add(progress({ done: step, figures, message: `step ${step} of 10` }));
    }
    log.add(progress({ stage: 'Testing', unit: 'images' }));
    expect(lines).toEqual([
      'Training (10 steps)',
      'step 0 of 10',
      'epoch 2, loss 0.1667',
      'Testing (10 images)',
    ]);
  });
});

describe('the journal of a job', () => {
  it('keeps what could not be written for the next time', () => {
    const appendLog = vi.fn<(id: number, line: string) => void>();
    const setProgress = vi.fn<(id: number, progress: Progress) => void>();
    const journal = new JobJournal({ appendLog, setProgress }, 7);
    journal.log('one');
    appendLog.mockImplementationOnce(() => {
      throw new Error('The disk is full.');
    });
    journal.flush();
    journal.log('two');
    journal.flush();
    journal.flush();
    expect(appendLog.mock.calls).toEqual([
      [7, 'one'],
      [7, 'one\ntwo'],
    ]);
    expect(setProgress).not.toHaveBeenCalled();
  });
});
