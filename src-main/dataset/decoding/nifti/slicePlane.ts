import type { Axis } from '#common/dataset/axes.ts';
import type { Affine } from './niftiHeader.ts';

/** A dimension of the file, and whether it is gone through from its end. */
export interface Walk {
  readonly dimension: 0 | 1 | 2;
  readonly backwards: boolean;
}

/** How a volume is cut: from one slice to the next, down a slice, and across it. */
export interface SlicePlane {
  readonly slices: Walk;
  readonly down: Walk;
  readonly across: Walk;
}

type Towards = 'left' | 'posterior' | 'superior' | 'inferior';

/** Slices as they are usually looked at: the patient's right on the left, the front above or on the left, the head above. */
const PLANES: Readonly<Record<Axis, { slices: Towards; down: Towards; across: Towards }>> = {
  axial: { slices: 'superior', down: 'posterior', across: 'left' },
  coronal: { slices: 'posterior', down: 'inferior', across: 'left' },
  sagittal: { slices: 'left', down: 'inferior', across: 'posterior' },
};
const DIRECTIONS: Readonly<Record<Towards, readonly [row: 0 | 1 | 2, sign: 1 | -1]>> = {
  left: [0, -1],
  posterior: [1, -1],
  superior: [2, 1],
  inferior: [2, -1],
};

/**
 * Along which dimensions of the file a volume is cut, whichever way its voxels are stored: by the affine's nearest axes of the body. A volume of
 * one slice is cut along that one, whatever axis is asked for.
 */
export function slicePlane(affine: Affine, size: readonly [number, number, number], axis: Axis): SlicePlane {
  const nearest = bodyAxes(affine);
  const flat = size.flatMap((length, dimension) => (length === 1 ? [dimension] : []));
  const isFlat = flat.length === 1;
  const cut = isFlat
    ? ((['axial', 'coronal', 'sagittal'] as const).find(
        (one) => walk(nearest, PLANES[one].slices).dimension === flat[0],
      ) ?? axis)
    : axis;
  const { slices, down, across } = PLANES[cut];
  return { slices: walk(nearest, slices), down: walk(nearest, down), across: walk(nearest, across) };
}

/** An axis of the body in a file. */
export interface BodyAxis {
  readonly dimension: 0 | 1 | 2;
  readonly sign: 1 | -1;
}

function walk(nearest: readonly BodyAxis[], towards: Towards): Walk {
  const [row, sign] = DIRECTIONS[towards];
  const found = nearest[row] ?? { dimension: row, sign: 1 };
  return { dimension: found.dimension, backwards: found.sign !== sign };
}

/** For right, anterior and superior: the file's dimension that runs most nearly so, each once, and on which side. */
export function bodyAxes(affine: Affine): BodyAxis[] {
  const columns = ([0, 1, 2] as const).map((dimension) => {
    const column = affine.map((row) => row[dimension]);
    const length = Math.hypot(...column);
    return column.map((value) => (length > 0 && Number.isFinite(length) ? value / length : 0));
  });
  const nearest = new Map<number, BodyAxis>();
  // The clearest first, so that an oblique dimension never takes the place of a straight one.
  const order = ([0, 1, 2] as const).toSorted((a, b) => clearness(columns[b]) - clearness(columns[a]));
  for (const dimension of order) {
    const column = columns[dimension] ?? [];
    const free = [0, 1, 2].filter((row) => !nearest.has(row));
    const row = free.reduce((best, one) =>
      Math.abs(column[one] ?? 0) > Math.abs(column[best] ?? 0) ? one : best,
    );
    nearest.set(row, { dimension, sign: (column[row] ?? 0) < 0 ? -1 : 1 });
  }
  return [0, 1, 2].flatMap((row) => nearest.get(row) ?? []);
}

const clearness = (column: readonly number[] | undefined): number =>
  Math.max(...(column ?? [0]).map((value) => Math.abs(value)));
