import type { LabelledObjects } from './labelObjects.ts';

/**
 * Pairs of a drawn and a found object whose intersection is more than half of their union. As such pairs cannot share an object, no
 * assignment has to be searched for.
 * @returns how many there are
 */
export function matchObjects(drawn: LabelledObjects, found: LabelledObjects): number {
  const drawnArea = new Float64Array(drawn.count + 1);
  const foundArea = new Float64Array(found.count + 1);
  const common = new Map<number, number>();
  const stride = found.count + 1;
  for (let at = 0; at < drawn.labels.length; at += 1) {
    const [a, b] = [drawn.labels[at] ?? 0, found.labels[at] ?? 0];
    drawnArea[a] = (drawnArea[a] ?? 0) + 1;
    foundArea[b] = (foundArea[b] ?? 0) + 1;
    if (a > 0 && b > 0) common.set(a * stride + b, (common.get(a * stride + b) ?? 0) + 1);
  }
  let matched = 0;
  for (const [pair, both] of common) {
    const union = (drawnArea[Math.floor(pair / stride)] ?? 0) + (foundArea[pair % stride] ?? 0) - both;
    if (2 * both > union) matched += 1;
  }
  return matched;
}
