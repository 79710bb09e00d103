import { CcnetError } from '#common/errors.ts';
import { MAX_VOLUME_BYTES } from '../limits.ts';
import type { SampleBytes } from '../tiff/sampleValues.ts';

/** Rows of the affine that brings voxel indices to millimetres, right, anterior and superior (RAS+). */
export type Affine = readonly [AffineRow, AffineRow, AffineRow];
type AffineRow = readonly [number, number, number, number];

/** What a NIfTI file says of itself. */
export interface NiftiHeader {
  readonly littleEndian: boolean;
  /** Voxels along the three dimensions of space. */
  readonly size: readonly [number, number, number];
  /** Volumes one after the other: moments, or kinds of image. */
  readonly volumes: number;
  readonly values: NiftiValues;
  /** value = stored * slope + intercept; null where stored values count. */
  readonly scaling: { readonly slope: number; readonly intercept: number } | null;
  readonly voxelOffset: number;
  readonly affine: Affine;
  /** The file itself says where its voxels lie in the body. */
  readonly isPlaced: boolean;
  /** Values that the file asks to be shown black and white; null where it does not say. */
  readonly shown: { readonly low: number; readonly high: number } | null;
}

export interface NiftiValues extends Pick<SampleBytes, 'bits' | 'format'> {
  /** 3 and 4 are red, green, blue and opacity. */
  readonly samples: 1 | 3 | 4;
}

/** Bytes that hold any header. */
export const HEADER_BYTES = 552;

/** By the code `datatype`. Source: NIfTI-1 and NIfTI-2, nifti1.h. */
const VALUES: Readonly<Record<number, NiftiValues>> = {
  2: { bits: 8, format: 'unsigned', samples: 1 },
  4: { bits: 16, format: 'signed', samples: 1 },
  8: { bits: 32, format: 'signed', samples: 1 },
  16: { bits: 32, format: 'float', samples: 1 },
  64: { bits: 64, format: 'float', samples: 1 },
  128: { bits: 8, format: 'unsigned', samples: 3 },
  256: { bits: 8, format: 'signed', samples: 1 },
  512: { bits: 16, format: 'unsigned', samples: 1 },
  768: { bits: 32, format: 'unsigned', samples: 1 },
  1024: { bits: 64, format: 'signed', samples: 1 },
  1280: { bits: 64, format: 'unsigned', samples: 1 },
  2304: { bits: 8, format: 'unsigned', samples: 4 },
};
const UNREAD: Readonly<Record<number, string>> = {
  1: '1-bit',
  32: 'complex',
  1536: '128-bit float',
  1792: 'complex',
  2048: 'complex',
};

/** Whether bytes begin as a NIfTI file of either version and either byte order does. */
export function isNifti(bytes: Buffer): boolean {
  return layoutOf(bytes) !== null;
}

interface Layout {
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
}

function layoutOf(bytes: Buffer): Layout | null {
  if (bytes.length < 348) return null;
  for (const littleEndian of [true, false]) {
    const length = littleEndian ? bytes.readInt32LE(0) : bytes.readInt32BE(0);
    if (length === 348 && /^n[i+][12]\0/.test(bytes.toString('latin1', 344, 348)))
      return { version: 1, littleEndian };
    if (length === 540 && /^n[i+]2\0/.test(bytes.toString('latin1', 4, 8)))
      return { version: 2, littleEndian };
  }
  return null;
}

/**
 * Reads the header of NIfTI-1 or NIfTI-2. The affine is the sform if there is one, else the qform, else that of the voxel sizes alone with the
 * first dimension from right to left, as nibabel takes it.
 * @throws image-damaged, image-values-unread, volume-takes-too-much, volume-in-two-files
 */
export function niftiHeader(bytes: Buffer, file: string): NiftiHeader {
  const layout = layoutOf(bytes);
  const damaged = (reason: string): CcnetError => new CcnetError('image-damaged', { file, reason });
  if (!layout) throw damaged('its header is not whole');
  const { version, littleEndian } = layout;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = version === 1 ? 348 : 540;
  if (bytes.length < whole) throw damaged('its header is not whole');
  const magic = version === 1 ? bytes.toString('latin1', 344, 346) : bytes.toString('latin1', 4, 6);
  if (magic === 'ni') throw new CcnetError('volume-in-two-files', { file });
  const dimension = (index: number): number =>
    version === 1
      ? view.getInt16(40 + 2 * index, littleEndian)
      : Number(view.getBigInt64(16 + 8 * index, littleEndian));
  const real = (one: number, two: number, index = 0): number =>
    version === 1
      ? view.getFloat32(one + 4 * index, littleEndian)
      : view.getFloat64(two + 8 * index, littleEndian);
  const whichever = (one: number, two: number): number =>
    version === 1 ? view.getInt16(one, littleEndian) : view.getInt32(two, littleEndian);

  const dimensions = dimension(0);
  if (!(dimensions >= 1 && dimensions <= 7)) throw damaged(`it says it has ${dimensions} dimensions`);
  const lengths = [1, 2, 3, 4, 5, 6, 7].map((index) => (index <= dimensions ? dimension(index) : 1));
  const wrong = lengths.findIndex((length) => !(length >= 1 && length <= 2 ** 31));
  if (wrong >= 0) throw damaged(`dimension ${wrong + 1} says it has ${lengths[wrong] ?? 0} voxels`);
  const [x = 1, y = 1, z = 1, ...more] = lengths;
  const volumes = more.reduce((product, length) => product * length, 1);
  const code = view.getInt16(version === 1 ? 70 : 12, littleEndian);
  const values = VALUES[code];
  if (!values) {
    throw new CcnetError('image-values-unread', { file, values: UNREAD[code] ?? `"type ${code}"` });
  }
  const bytesNeeded = x * y * z * volumes * values.samples * (values.bits / 8);
  if (bytesNeeded > MAX_VOLUME_BYTES) {
    const size = [x, y, z, ...(volumes > 1 ? [volumes] : [])].join(' x ');
    throw new CcnetError('volume-takes-too-much', { file, size, bytes: bytesNeeded, most: MAX_VOLUME_BYTES });
  }
  const voxelOffset = version === 1 ? real(108, 0) : Number(view.getBigInt64(168, littleEndian));
  const offset = Math.max(voxelOffset, whole + 4);
  if (!Number.isInteger(offset) || offset > 2 ** 31) throw damaged('it does not say where its voxels begin');
  const [slope, intercept] = [real(112, 176), real(116, 184)];
  const scales = Number.isFinite(slope) && slope !== 0;
  if (scales && !Number.isFinite(intercept)) throw damaged('its values have no intercept');
  const isPlain = !scales || (slope === 1 && intercept === 0) || values.samples > 1;
  const [high, low] = [real(124, 192), real(128, 200)];
  const spacing = [1, 2, 3].map((index) => Math.abs(real(76, 104, index)) || 1);
  return {
    littleEndian,
    size: [x, y, z],
    volumes,
    values,
    scaling: isPlain ? null : { slope, intercept },
    voxelOffset: offset,
    isPlaced: whichever(254, 348) > 0 || whichever(252, 344) > 0,
    affine:
      whichever(254, 348) > 0
        ? sform((row, column) => real(280, 400, row * 4 + column))
        : whichever(252, 344) > 0
          ? qform((index) => real(256, 352, index), spacing, real(76, 104))
          : voxelAffine(spacing),
    shown: high > low ? { low, high } : null,
  };
}

function sform(at: (row: number, column: number) => number): Affine {
  const row = (index: number): AffineRow => [at(index, 0), at(index, 1), at(index, 2), at(index, 3)];
  return [row(0), row(1), row(2)];
}

/** Rotation by a quaternion (b, c, d) and the side of the third axis. Source: nifti1.h, method 2. */
function qform(at: (index: number) => number, spacing: readonly number[], side: number): Affine {
  const [b, c, d] = [at(0), at(1), at(2)];
  const squares = b * b + c * c + d * d;
  // Rounding may leave a little more than 1.
  const scale = squares > 1 ? 1 / Math.sqrt(squares) : 1;
  const [i, j, k] = [b * scale, c * scale, d * scale];
  const a = Math.sqrt(Math.max(0, 1 - Math.min(1, squares)));
  const rotation = [
    [a * a + i * i - j * j - k * k, 2 * (i * j - a * k), 2 * (i * k + a * j)],
    [2 * (i * j + a * k), a * a + j * j - i * i - k * k, 2 * (j * k - a * i)],
    [2 * (i * k - a * j), 2 * (j * k + a * i), a * a + k * k - i * i - j * j],
  ];
  const scales = [spacing[0] ?? 1, spacing[1] ?? 1, (spacing[2] ?? 1) * (side < 0 ? -1 : 1)];
  const row = (index: number): AffineRow => [
    (rotation[index]?.[0] ?? 0) * (scales[0] ?? 1),
    (rotation[index]?.[1] ?? 0) * (scales[1] ?? 1),
    (rotation[index]?.[2] ?? 0) * (scales[2] ?? 1),
    at(3 + index),
  ];
  return [row(0), row(1), row(2)];
}

function voxelAffine([x = 1, y = 1, z = 1]: readonly number[]): Affine {
  return [
    [-x, 0, 0, 0],
    [0, y, 0, 0],
    [0, 0, z, 0],
  ];
}
