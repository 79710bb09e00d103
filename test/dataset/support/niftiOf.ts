/**
 * NIfTI-1 of unsigned bytes, placed by its `sform` alone.
 * @param size voxels along the three dimensions
 * @param affine rows from voxels to millimetres, 3 x 4
 * @param value of a voxel by its index, the first dimension fastest
 */
export function niftiOf(
  size: readonly number[],
  affine: readonly (readonly number[])[],
  value: (voxel: number) => number,
): Buffer {
  const voxels = size.reduce((product, count) => product * count, 1);
  const file = Buffer.alloc(352 + voxels);
  file.writeInt32LE(348, 0);
  [3, ...size].forEach((count, index) => file.writeInt16LE(count, 40 + index * 2));
  file.writeInt16LE(2, 70);
  file.writeInt16LE(8, 72);
  file.writeFloatLE(352, 108);
  file.writeInt16LE(1, 254);
  affine.flat().forEach((cell, index) => file.writeFloatLE(cell, 280 + index * 4));
  file.write('n+1\0', 344, 'latin1');
  for (let voxel = 0; voxel < voxels; voxel += 1) file[352 + voxel] = value(voxel);
  return file;
}
