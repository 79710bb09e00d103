import { sampleValues, type SampleValues } from '../tiff/sampleValues.ts';
import type { NiftiFile } from './niftiFile.ts';

/** A rectangle of voxels: the first one, and the steps across a row and down a column, in voxels of each dimension of the file. */
export interface VoxelPlane {
  readonly first: readonly [number, number, number];
  readonly across: readonly [number, number, number];
  readonly down: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
}

/** The stored values of a rectangle of a volume, row by row. @param volume from 0 */
export function gatherVoxels({ header, bytes }: NiftiFile, plane: VoxelPlane, volume: number): SampleValues {
  const { size, values, voxelOffset, littleEndian } = header;
  const voxel = values.samples * (values.bits / 8);
  const strides = [voxel, voxel * size[0], voxel * size[0] * size[1]];
  const bytesOf = (steps: readonly number[]): number =>
    steps.reduce((sum, step, dimension) => sum + step * (strides[dimension] ?? 0), 0);
  const { width, height } = plane;
  const [across, down] = [bytesOf(plane.across), bytesOf(plane.down)];
  const first = voxelOffset + volume * voxel * size[0] * size[1] * size[2] + bytesOf(plane.first);
  const gathered = Buffer.allocUnsafe(width * height * voxel);
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    let from = first + y * down;
    for (let x = 0; x < width; x += 1, from += across) {
      for (let byte = 0; byte < voxel; byte += 1) gathered[to++] = bytes[from + byte] ?? 0;
    }
  }
  return sampleValues({ bytes: gathered, littleEndian, bits: values.bits, format: values.format });
}
