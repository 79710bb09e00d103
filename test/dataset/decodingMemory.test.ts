import { expect, it } from 'vitest';
import { withDecodingMemory } from '../../src-main/dataset/decoding/decodingMemory.ts';
import { MAX_BYTES_AT_ONCE } from '../../src-main/dataset/decoding/limits.ts';

/** Starts work of these bytes; tells how many bytes were ever in use together, and the order of the starts. */
async function runAll(sizes: readonly number[]): Promise<{ most: number; order: number[] }> {
  let [inUse, most] = [0, 0];
  const order: number[] = [];
  await Promise.all(
    sizes.map((bytes, index) =>
      withDecodingMemory(bytes, async () => {
        order.push(index);
        inUse += bytes;
        most = Math.max(most, inUse);
        await new Promise((next) => setImmediate(next));
        inUse -= bytes;
        if (index === 2) throw new Error('the file is damaged');
      }).catch(() => undefined),
    ),
  );
  return { most, order };
}

it('images of usual size go side by side, up to the limit', async () => {
  const { most } = await runAll(Array<number>(20).fill(MAX_BYTES_AT_ONCE / 4));
  expect(most).toBe(MAX_BYTES_AT_ONCE);
});

it('an enormous one waits until it is alone, those behind it wait for it, and a failure keeps nobody waiting', async () => {
  const small = MAX_BYTES_AT_ONCE / 8;
  const { most, order } = await runAll([small, small, MAX_BYTES_AT_ONCE * 2, small, small]);
  expect(most).toBe(MAX_BYTES_AT_ONCE * 2);
  expect(order).toEqual([0, 1, 2, 3, 4]);
});
