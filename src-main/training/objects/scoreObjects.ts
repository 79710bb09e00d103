import type { ObjectScores } from '#common/training/objectScores.ts';
import { boundaryDistance } from './boundaryDistance.ts';
import { labelObjects } from './labelObjects.ts';
import { matchObjects } from './matchObjects.ts';

/**
 * How well the objects of one image were found.
 * @param drawn height * width, 1 foreground; `found` alike
 */
export function scoreObjects(
  drawn: Uint8Array,
  found: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): ObjectScores {
  const [theirs, ours] = [labelObjects(drawn, width, height), labelObjects(found, width, height)];
  return {
    drawn: theirs.count,
    found: ours.count,
    matched: matchObjects(theirs, ours),
    boundary: boundaryDistance(drawn, found, width, height),
  };
}
