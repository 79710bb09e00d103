import { afterAll, expect, it } from 'vitest';
import { loadAddon } from '../../src-main/engine/loadAddon.ts';
import { measureBatch } from '../../src-main/complexity/measureBatch.ts';
import { measureComplexity } from '../../src-main/complexity/measureComplexity.ts';
import { referenceScene } from './referenceScene.ts';

const { setThreadCount, threadCount } = loadAddon<{
  setThreadCount: (count: number) => void;
  threadCount: () => number;
}>();
const initial = threadCount();
afterAll(() => setThreadCount(initial));

it('the values are the same to the last bit at any number of threads, alone or in a batch', async () => {
  const scenes = [7, 8, 9].map((seed) =>
    referenceScene({
      name: `${seed}`,
      width: 150 + seed,
      height: 90,
      channels: 3,
      seed,
      discs: 20,
      radius: 12,
      noise: 50,
    }),
  );
  setThreadCount(1);
  const expected = await measureBatch(scenes);
  for (const threads of [2, 3, 5]) {
    setThreadCount(threads);
    expect(await measureBatch(scenes)).toEqual(expected);
    for (const [i, scene] of scenes.entries()) expect(await measureComplexity(scene)).toEqual(expected[i]);
  }
});
