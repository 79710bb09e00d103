import { describe, expect, it } from 'vitest';
import { Turns, type Urgency } from '../../src-main/workers/media/turns.ts';

/** Names in the order in which their work began, all asked for while one other piece of work ran. */
async function order(wanted: readonly [string, Urgency][]): Promise<string[]> {
  const turns = new Turns(1);
  const begun: string[] = [];
  const first = Promise.withResolvers<void>();
  const busy = turns.take('soon', () => first.promise);
  const waiting = wanted.map(([name, urgency]) => turns.take(urgency, async () => void begun.push(name)));
  first.resolve();
  await Promise.all([busy, ...waiting]);
  return begun;
}

describe('pieces of work that wait for their turn', () => {
  it('go newest first, because the user has scrolled on', async () => {
    expect(
      await order([
        ['a', 'soon'],
        ['b', 'soon'],
        ['c', 'soon'],
      ]),
    ).toEqual(['c', 'b', 'a']);
  });

  it('let what the user waits for go first, however late it was asked for or how much came after it', async () => {
    expect(
      await order([
        ['a', 'soon'],
        ['image', 'now'],
        ['b', 'soon'],
      ]),
    ).toEqual(['image', 'b', 'a']);
  });

  it('pass their turn on when they fail', async () => {
    const turns = new Turns(1);
    const failing = turns.take('now', () => Promise.reject(new Error('damaged')));
    const next = turns.take('soon', async () => 'drawn');
    await expect(failing).rejects.toThrow('damaged');
    expect(await next).toBe('drawn');
  });
});
