import { CcnetError } from '#common/errors.ts';
import type { PlaneInSpace } from '../decoding/dicom/dicomInfo.ts';
import { gatherVoxels, type VoxelPlane } from '../decoding/nifti/gatherVoxels.ts';
import { niftiFile, type NiftiFile } from '../decoding/nifti/niftiFile.ts';
import type { Affine } from '../decoding/nifti/niftiHeader.ts';
import { sampleValues } from '../decoding/tiff/sampleValues.ts';
import type { AnnotationFile, Drawing, Shape } from './drawing.ts';
import { wholePlane } from './wholePlane.ts';

type Triple = [number, number, number];

/** Voxels within which corners of a slice and of the grid are one place: both are rounded, and half a voxel is another grid. */
const SAME_PLACE = 0.1;
const MOST_LABELS = 255;

/**
 * A NIfTI mask as drawings on slices of DICOM: on those whose pixels are its voxels, whichever way both are stored. Values are classes, called
 * "label 1" and so on; 0 is background.
 * @throws image-damaged, annotation-unread, and as `niftiFile`
 */
export async function niftiMask(bytes: Buffer, path: string): Promise<AnnotationFile> {
  const file = await niftiFile(bytes, path);
  const { header } = file;
  const unread = (reason: string): CcnetError => new CcnetError('annotation-unread', { file: path, reason });
  if (header.volumes > 1 || header.values.samples > 1)
    throw unread('it holds several volumes or colours, which is no mask');
  const inverse = header.isPlaced ? inverseOf(header.affine) : null;
  if (!inverse) throw unread('it does not say where its voxels lie');
  const labels = labelsOf(file, path);
  return {
    tool: 'NIfTI',
    classes: labels.map(nameOf),
    imageNames: null,
    isByPlace: true,
    drawingOn({ dicom }): Drawing | null {
      if (!dicom) return null;
      const { rows: height, columns: width } = dicom;
      const planes = dicom.planes.map(
        (plane) => plane && voxelsOf(plane, { width, height }, inverse, header.size),
      );
      const shapes = planes.flatMap((plane, page): Shape[] =>
        plane ? labelShapes(file, plane, page, labels) : [],
      );
      // A frame that lies elsewhere is one that nobody has drawn on.
      return planes.every((plane) => plane !== null)
        ? { size: { width, height }, leftOut: new Map(), shapes }
        : null;
    },
  };
}

const nameOf = (label: number): string => `label ${label}`;

function scaledValue({ header: { scaling } }: NiftiFile, stored: number): number {
  return scaling ? stored * scaling.slope + scaling.intercept : stored;
}

/** Voxels that are looked at together. */
const CHUNK = 1024 ** 2;

/** Whole numbers other than 0 that occur. @throws annotation-unread */
function labelsOf(file: NiftiFile, path: string): number[] {
  const { size, values, voxelOffset, littleEndian } = file.header;
  const { bits, format } = values;
  const voxels = size[0] * size[1] * size[2];
  const found = new Set<number>();
  for (let start = 0; start < voxels; start += CHUNK) {
    const end = Math.min(voxels, start + CHUNK);
    const bytes = file.bytes.subarray(voxelOffset + (start * bits) / 8, voxelOffset + (end * bits) / 8);
    let last = Number.NaN;
    for (const stored of sampleValues({ bytes, littleEndian, bits, format })) {
      if (stored === last) continue;
      last = stored;
      found.add(scaledValue(file, stored));
    }
    const isMask = found.size <= MOST_LABELS + 1 && [...found].every(Number.isInteger);
    if (!isMask)
      throw new CcnetError('annotation-unread', {
        file: path,
        reason: 'its values are no labels: they are not whole, or more than 255',
      });
  }
  found.delete(0);
  return [...found].sort((a, b) => a - b);
}

function labelShapes(file: NiftiFile, plane: VoxelPlane, page: number, labels: readonly number[]): Shape[] {
  const values = Array.from(gatherVoxels(file, plane, 0), (stored) => scaledValue(file, stored));
  const present = new Set(values);
  return labels
    .filter((label) => present.has(label))
    .map((label) => ({
      className: nameOf(label),
      ignored: false,
      page,
      area: wholePlane(values, plane, (value) => value === label),
    }));
}

/** The voxels that are the pixels of a slice, or null where its corners are no corners of the grid's slices. */
function voxelsOf(
  { position, orientation, spacing }: PlaneInSpace,
  { width, height }: { readonly width: number; readonly height: number },
  inverse: Affine,
  size: readonly [number, number, number],
): VoxelPlane | null {
  if (!spacing) return null;
  const corner = (column: number, row: number): Triple | null => {
    // DICOM counts towards left and posterior, NIfTI towards right and anterior.
    const [left = 0, posterior = 0, superior = 0] = [0, 1, 2].map(
      (axis) =>
        (position[axis] ?? 0) +
        column * spacing[1] * (orientation[axis] ?? 0) +
        row * spacing[0] * (orientation[axis + 3] ?? 0),
    );
    const exact = applied(inverse, [-left, -posterior, superior]);
    const voxel = exact.map(Math.round) as Triple;
    const isVoxel = exact.every((value, dimension) => {
      const nearest = voxel[dimension] ?? 0;
      return Math.abs(value - nearest) <= SAME_PLACE && nearest >= 0 && nearest < (size[dimension] ?? 0);
    });
    return isVoxel ? voxel : null;
  };
  const [first, right, below] = [corner(0, 0), corner(width - 1, 0), corner(0, height - 1)];
  if (!first || !right || !below) return null;
  const across = stepOf(first, right, width, size);
  const down = stepOf(first, below, height, size);
  return across && down ? { first, across, down, width, height } : null;
}

/** The step of one voxel along one dimension by which `count` pixels reach from one end of the grid to the other. */
function stepOf(
  from: Triple,
  to: Triple,
  count: number,
  size: readonly [number, number, number],
): Triple | null {
  const apart = to.map((value, dimension) => value - (from[dimension] ?? 0));
  const along = apart.flatMap((distance, dimension) => (distance === 0 ? [] : [dimension]));
  const [dimension] = along;
  if (along.length !== 1 || dimension === undefined) return null;
  const distance = apart[dimension] ?? 0;
  if (Math.abs(distance) !== count - 1 || size[dimension] !== count) return null;
  const step: Triple = [0, 0, 0];
  step[dimension] = Math.sign(distance);
  return step;
}

function applied(matrix: Affine, [x, y, z]: Triple): Triple {
  return matrix.map(([a, b, c, d]) => a * x + b * y + c * z + d) as Triple;
}

/** Of an affine map; null where it has none. */
function inverseOf([[a, b, c, x], [d, e, f, y], [g, h, i, z]]: Affine): Affine | null {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!Number.isFinite(determinant) || determinant === 0) return null;
  const rows = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ].map((row) => row.map((value) => value / determinant));
  return rows.map(
    ([p = 0, q = 0, r = 0]) => [p, q, r, -(p * x + q * y + r * z)] as const,
  ) as unknown as Affine;
}
