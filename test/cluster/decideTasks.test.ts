import { describe, expect, it } from 'vitest';
import {
  type Decision,
  decideTasks,
  MOST_ATTEMPTS,
  type TaskView,
} from '../../src-main/cluster/decideTasks.ts';
import type { TaskState } from '../../src-main/cluster/followState.ts';

const task = (changes: Partial<TaskView> = {}): TaskView => ({
  ...{ id: '000000', after: null, hasResult: false, failure: null, epoch: 0, scheduler: 'gone' },
  ...changes,
});
const submitted = (changes: Partial<TaskState> = {}): TaskState => ({
  ...{ job: '7', attempts: 1, epoch: 0, cancelled: false },
  ...changes,
});

/** What becomes of one task. */
function fate(view: Partial<TaskView>, state: Partial<TaskState> | null = {}, first = false): string {
  const known = state ? new Map([['000000', submitted(state)]]) : new Map<string, TaskState>();
  const decision = decideTasks([task(view)], known, first);
  const groups = Object.entries(decision) as [keyof Decision, readonly string[]][];
  return groups.flatMap(([name, ids]) => (ids.length > 0 ? [name] : [])).join();
}

describe('decideTasks', () => {
  it.each<[string, Partial<TaskView>, Partial<TaskState> | null, string]>([
    ['never submitted', {}, null, 'submit'],
    ['waiting', { scheduler: 'waiting' }, {}, 'waiting'],
    ['running', { scheduler: 'running' }, {}, 'running'],
    ['with a result, whatever the scheduler says', { hasResult: true, scheduler: 'running' }, {}, 'done'],
    ['with a result and never submitted from here', { hasResult: true }, null, 'done'],
    ['on a node that failed', { scheduler: 'ended' }, {}, 'submit'],
    ['that the scheduler has forgotten', { scheduler: 'gone' }, {}, 'submit'],
    [
      'given up after attempts without a new epoch',
      { scheduler: 'ended' },
      { attempts: MOST_ATTEMPTS },
      'failed',
    ],
    [
      'at the time limit, with more epochs each time',
      { scheduler: 'ended', epoch: 9 },
      { attempts: 3, epoch: 8 },
      'submit',
    ],
    ['cancelled by somebody', { scheduler: 'cancelled' }, {}, 'cancelled'],
  ])('one %s: %s', (_, view, state, expected) => {
    expect(fate(view, state)).toBe(expected);
  });

  it('tries again what another node may do, and gives up what no node can', () => {
    const full = { code: 'target-unwritable', facts: { path: '/scratch', reason: 'ENOSPC' } } as const;
    const empty = { code: 'masks-of-one-kind', facts: { marks: 'nothing', masks: 3 } } as const;
    expect(fate({ scheduler: 'ended', failure: full })).toBe('submit');
    expect(fate({ scheduler: 'ended', failure: empty })).toBe('failed');
  });

  it('submits what was cancelled or given up when somebody starts the sweep again', () => {
    expect(fate({ scheduler: 'cancelled' }, { cancelled: true }, true)).toBe('submit');
    expect(fate({ scheduler: 'gone' }, { attempts: MOST_ATTEMPTS }, true)).toBe('submit');
    // Cancelled since this following last looked: it is told first.
    expect(fate({ scheduler: 'cancelled' }, { cancelled: false }, true)).toBe('cancelled');
  });

  it('does not count against a task that the network that it learns from is not there yet', () => {
    const teacher = task({ id: '000000', scheduler: 'running' });
    const student = task({ id: '000001', after: '000000', scheduler: 'ended' });
    const state = new Map([
      ['000000', submitted()],
      ['000001', submitted({ attempts: MOST_ATTEMPTS })],
    ]);
    expect(decideTasks([teacher, student], state, false)).toMatchObject({
      running: ['000000'],
      waiting: ['000001'],
    });
    const given = { ...teacher, scheduler: 'ended' } as const;
    expect(
      decideTasks([given, student], new Map([['000000', submitted({ attempts: MOST_ATTEMPTS })]]), false),
    ).toMatchObject({
      failed: ['000000', '000001'],
    });
  });
});
