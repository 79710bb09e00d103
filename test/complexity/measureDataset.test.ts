import { describe, expect, it } from 'vitest';
import { measureComplexity } from '../../src-main/complexity/measureComplexity.ts';
import { measureDataset, type MeasuredSample } from '../../src-main/complexity/measureDataset.ts';
import type { SampleSource, WorkingSample } from '#common/dataset/dataset.ts';
import { CancelledError } from '#common/errors.ts';
import type { Progress } from '#contract/progress.ts';
import { referenceScene } from './referenceScene.ts';

const scene = (seed: number): WorkingSample =>
  referenceScene({
    name: `scene ${seed}`,
    width: 48,
    height: 40,
    channels: 1,
    seed,
    discs: 5,
    radius: 8,
    noise: 20,
  });

/** A source that remembers which samples were asked for. */
function scenes(length: number): SampleSource & { asked: number[] } {
  const asked: number[] = [];
  return { length, channels: 1, asked, load: async (index) => (asked.push(index), scene(index)) };
}

async function collect(samples: AsyncIterable<MeasuredSample>): Promise<MeasuredSample[]> {
  const all: MeasuredSample[] = [];
  for await (const sample of samples) all.push(sample);
  return all;
}

describe('measureDataset', () => {
  it('gives every image the values it has alone, in order', async () => {
    const measured = await collect(measureDataset(scenes(70)));
    expect(measured.map(({ index }) => index)).toEqual(Array.from({ length: 70 }, (_, i) => i));
    for (const index of [0, 33, 69]) {
      expect(measured[index]).toEqual({
        index,
        name: `scene ${index}`,
        complexity: await measureComplexity(scene(index)),
      });
    }
  });

  it('skips what is known already', async () => {
    const source = scenes(9);
    const measured = await collect(
      measureDataset(source, {
        already: new Map([
          [0, 'known'],
          [4, 'known'],
        ]),
      }),
    );
    expect(measured.map(({ index }) => index)).toEqual([1, 2, 3, 5, 6, 7, 8]);
    expect(source.asked).toEqual([1, 2, 3, 5, 6, 7, 8]);
  });

  it('reports progress that ends at the number of images, the known ones included', async () => {
    const reports: Progress[] = [];
    await collect(
      measureDataset(scenes(40), { already: new Set([3]), onProgress: (progress) => reports.push(progress) }),
    );
    expect(reports.at(-1)).toMatchObject({ done: 40, total: 40, unit: 'images', secondsLeft: 0 });
    expect(reports.map(({ done }) => done)).toEqual(
      [...reports.map(({ done }) => done)].sort((a, b) => a - b),
    );
  });

  it('loads no more than it needs before the consumer asks for more', async () => {
    const source = scenes(1000);
    for await (const { index } of measureDataset(source)) if (index === 0) break;
    expect(source.asked.length).toBeLessThanOrEqual(64);
  });

  it('stops with CancelledError when the signal aborts', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const run = async (): Promise<void> => {
      for await (const { index } of measureDataset(scenes(500), { signal: abort.signal })) {
        seen.push(index);
        if (index === 2) abort.abort();
      }
    };
    await expect(run()).rejects.toBeInstanceOf(CancelledError);
    expect(seen).toEqual([0, 1, 2]);
  });

  it('passes on the error of a file that cannot be read any more', async () => {
    const source: SampleSource = {
      length: 3,
      channels: 1,
      load: async (index) => {
        if (index === 1) throw new Error('b.png has gone');
        return scene(index);
      },
    };
    await expect(collect(measureDataset(source))).rejects.toThrow('b.png has gone');
  });
});
