import type { Inseparable } from './inseparable.ts';

/**
 * Takes parts from the front of a queue until they hold as nearly `target` images as whole parts can: at least `fewest`, and leaving `spare`.
 * @param queue what is taken is removed from it
 */
export function takeShare<Part extends Inseparable>(
  queue: Part[],
  target: number,
  spare: number,
  fewest = 1,
): Part[] {
  const taken: Part[] = [];
  let images = 0;
  while (queue.length > spare) {
    const [next] = queue;
    if (!next) break;
    const withNext = images + next.members.length;
    if (taken.length >= fewest && withNext - target >= target - images) break;
    taken.push(next);
    queue.shift();
    images = withNext;
  }
  return taken;
}
