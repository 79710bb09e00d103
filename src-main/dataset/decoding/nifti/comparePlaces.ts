import type { NiftiHeader } from './niftiHeader.ts';
import { bodyAxes } from './slicePlane.ts';

type Placed = Pick<NiftiHeader, 'affine' | 'size' | 'isPlaced'>;
type Point = [number, number, number];

/** Share of the smallest voxel by which two volumes may lie apart: headers are rounded. */
const TOLERANCE = 0.5;

/**
 * Whether slices of two volumes of one size, each turned as its own header says, lie on each other.
 * - same: by both headers their voxels are in one place
 * - shifted: they run the same way and lie elsewhere, so that voxels can only be taken one for one
 * - turned: they run another way, and are not in one place once turned, or do not say where they lie
 *
 * @returns apart: the greatest distance between corners, in millimetres
 */
export function comparePlaces(
  image: Placed,
  mask: Placed,
): { relation: 'same' | 'shifted' | 'turned'; apart: number } {
  const [corners, others] = [cornersOf(image), cornersOf(mask)];
  const distances = corners.map((corner, index) => {
    const other = others[index] ?? corner;
    return Math.hypot(...corner.map((value, axis) => value - (other[axis] ?? 0)));
  });
  const apart = Math.max(...distances);
  const bothSay = image.isPlaced && mask.isPlaced;
  if (bothSay && apart <= TOLERANCE * smallestVoxel(image)) return { relation: 'same', apart };
  const [axes, otherAxes] = [bodyAxes(image.affine), bodyAxes(mask.affine)];
  const isTurned = axes.some(
    ({ dimension, sign }, index) =>
      dimension !== otherAxes[index]?.dimension || sign !== otherAxes[index].sign,
  );
  if (isTurned) return { relation: 'turned', apart };
  return { relation: bothSay ? 'shifted' : 'same', apart };
}

/** The first voxel seen from the body, and the last one along each of its axes: in millimetres. */
function cornersOf({ affine, size }: Placed): Point[] {
  const axes = bodyAxes(affine);
  return [null, 0, 1, 2].map((far) => {
    const voxel: Point = [0, 0, 0];
    axes.forEach(({ dimension, sign }, axis) => {
      voxel[dimension] = sign > 0 === (axis === far) ? size[dimension] - 1 : 0;
    });
    return affine.map(([x, y, z, origin]) => x * voxel[0] + y * voxel[1] + z * voxel[2] + origin) as Point;
  });
}

function smallestVoxel({ affine }: Placed): number {
  return Math.min(...[0, 1, 2].map((dimension) => Math.hypot(...affine.map((row) => row[dimension] ?? 0))));
}
