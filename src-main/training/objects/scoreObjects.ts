import { IGNORED } from '#common/dataset/marks.ts';
import type { ObjectScores } from '#common/training/objectScores.ts';
import { boundaryDistance } from './boundaryDistance.ts';
import { labelObjects } from './labelObjects.ts';
import { matchObjects } from './matchObjects.ts';

/**
 * How well the objects of one image were found, of what counts: what is found where nothing counts is neither right nor wrong.
 * @param drawn height * width: 0 background, 1 foreground, 2 does not count
 * @param found height * width, 1 foreground
 */
export function scoreObjects(
  drawn: Uint8Array,
  found: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): ObjectScores {
  const counted = drawn.includes(IGNORED)
    ? found.map((mark, at) => (drawn[at] === IGNORED ? IGNORED : mark))
    : found;
  const [theirs, ours] = [labelObjects(drawn, width, height), labelObjects(counted, width, height)];
  return {
    drawn: theirs.count,
    found: ours.count,
    matched: matchObjects(theirs, ours),
    boundary: boundaryDistance(drawn, counted, width, height),
  };
}
