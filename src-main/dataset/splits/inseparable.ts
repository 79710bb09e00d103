import type { Sample } from '#common/dataset/dataset.ts';

/** What decides which images must stay together. */
export interface SplitSample extends Pick<Sample, 'imageHash'> {
  /** Patient, slide or film that it belongs to; null or absent for an image of its own. */
  readonly group?: string | null;
}

/** Images that must not be torn apart: of one group, or of equal content, or linked by a chain of both. */
export interface Inseparable {
  /** Independent of names: that of its first image by hash. */
  readonly hash: string;
  /** Indices of its images, in order. */
  readonly members: readonly number[];
}

/** Gathers samples into the parts that a split or fold may deal out, in the order of their first images. */
export function inseparable(samples: readonly SplitSample[]): Inseparable[] {
  const parent = samples.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] ?? at] ?? at;
    return at;
  };
  const firstOf = new Map<string, number>();
  samples.forEach(({ imageHash, group }, index) => {
    for (const link of [`image:${imageHash}`, ...(group ? [`group:${group}`] : [])]) {
      const first = firstOf.get(link) ?? index;
      firstOf.set(link, first);
      const [a, b] = [root(first), root(index)];
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  });
  return [...Map.groupBy(samples.keys(), root).values()].map((members) => ({
    hash: members.map((index) => samples[index]?.imageHash ?? '').sort()[0] ?? '',
    members,
  }));
}

/** How many images parts hold together. */
export function imagesOf(parts: readonly Inseparable[]): number {
  return parts.reduce((sum, { members }) => sum + members.length, 0);
}
