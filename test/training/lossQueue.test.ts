import { describe, expect, it } from 'vitest';
import { LossQueue } from '../../src-main/training/lossQueue.ts';

describe('the losses of steps', () => {
  it('of a device that answers at once are there at once', async () => {
    const losses = new LossQueue();
    losses.add(2);
    expect(await losses.take(2)).toEqual([2]);
    losses.add(1);
    expect(await losses.take(0)).toEqual([1]);
    expect(await losses.take(0)).toEqual([]);
  });

  it('of a device that answers later are waited for once too many are owed, in their order', async () => {
    const losses = new LossQueue();
    const [first, second, third] = [1, 2, 3].map(() => Promise.withResolvers<number>());
    losses.add(first?.promise ?? 0);
    losses.add(second?.promise ?? 0);
    expect(await losses.take(2)).toEqual([]);
    losses.add(third?.promise ?? 0);
    const taken = losses.take(2);
    second?.resolve(20);
    first?.resolve(10);
    expect(await taken).toEqual([10]);
    third?.resolve(30);
    expect(await losses.take(0)).toEqual([20, 30]);
  });

  it('fail with the first that fails, and the others disturb nobody', async () => {
    const losses = new LossQueue();
    losses.add(Promise.reject(new Error('lost')));
    losses.add(Promise.reject(new Error('lost, too')));
    await expect(losses.take(0)).rejects.toThrow('lost');
  });
});
