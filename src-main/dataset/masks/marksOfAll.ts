import type { Sample } from '#common/dataset/dataset.ts';

/** What all masks mark where no network could learn from them: nothing, or everything; null where they tell two kinds of pixels apart. */
export function marksOfAll(samples: readonly Pick<Sample, 'foreground'>[]): 'nothing' | 'everything' | null {
  if (samples.every(({ foreground }) => foreground === 0)) return 'nothing';
  return samples.every(({ foreground }) => foreground === 1) ? 'everything' : null;
}
