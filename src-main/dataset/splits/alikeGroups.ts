import type { Sample } from '#common/dataset/dataset.ts';

/**
 * Groups of images that a chain of likeness links, together with what belongs together by its format.
 * @param pairs places of samples @returns null for an image of its own
 */
export function alikeGroups(
  samples: readonly Pick<Sample, 'group'>[],
  pairs: readonly (readonly [number, number])[],
): (string | null)[] {
  const parent = samples.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== undefined && parent[at] !== at) at = parent[at] = parent[parent[at] ?? at] ?? at;
    return at;
  };
  const link = (a: number, b: number): void => {
    const [one, other] = [root(a), root(b)];
    parent[Math.max(one, other)] = Math.min(one, other);
  };
  const firstOf = new Map<string, number>();
  samples.forEach(({ group }, index) => {
    if (!group) return;
    const first = firstOf.get(group);
    if (first === undefined) firstOf.set(group, index);
    else link(first, index);
  });
  for (const [a, b] of pairs) if (a < samples.length && b < samples.length) link(a, b);
  const members = Map.groupBy(samples.keys(), root);
  const names = new Map<number, string>();
  for (const [first, all] of members) if (all.length > 1) names.set(first, `alike ${names.size + 1}`);
  return samples.map(({ group }, index) => names.get(root(index)) ?? group ?? null);
}
