import { READABLE_EXTENSIONS } from '#common/dataset/readableExtensions.ts';
import { isDicom } from './dicom/dicomDataSet.ts';
import { holdsNifti } from './nifti/niftiFile.ts';

/** Formats that libvips decodes, and BMP, which it does not. */
export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'tiff' | 'gif' | 'bmp';
export type ImageFormat = PictureFormat | 'nifti' | 'dicom';

const READABLE = new Set(READABLE_EXTENSIONS);

/** Image files that people have and that are not read here; anything else in a folder is not an image at all. */
const KNOWN_BUT_UNREADABLE = new Set([
  ...['mha', 'mhd', 'nrrd', 'svs', 'ndpi', 'mrxs', 'scn', 'czi', 'lif', 'lsm'],
  ...['nd2', 'oib', 'oif', 'vsi', 'ims', 'h5', 'hdf5', 'npy', 'npz', 'mat', 'zarr', 'heic', 'heif', 'avif'],
  ...[
    'jp2',
    'j2k',
    'jxl',
    'svg',
    'pgm',
    'ppm',
    'pbm',
    'pnm',
    'psd',
    'xcf',
    'exr',
    'hdr',
    'raw',
    'mrc',
    'pdf',
  ],
]);

/** Whether a file name promises an image that can be read, one that cannot, or no image at all. */
export function kindOfFile(path: string): 'readable' | 'unreadable' | 'other' {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const extension = name.endsWith('.nii.gz') ? 'nii.gz' : name.slice(name.lastIndexOf('.') + 1);
  if (!name.includes('.')) return 'other';
  if (/\.(gz|bz2|xz)$/.test(name) && extension !== 'nii.gz')
    return kindOfFile(name.replace(/\.[^.]*$/, '')) === 'other' ? 'other' : 'unreadable';
  if (READABLE.has(extension)) return 'readable';
  return KNOWN_BUT_UNREADABLE.has(extension) ? 'unreadable' : 'other';
}

/**
 * Recognises a format by its first bytes, whatever the name says. Only what is listed here ever reaches a decoder,
 * so that an SVG or PDF in disguise cannot make one open other files.
 */
export function sniffFormat(bytes: Buffer): ImageFormat | null {
  const starts = (...signature: number[]): boolean => signature.every((byte, index) => bytes[index] === byte);
  // Before all others: the first 128 bytes of a DICOM file are free, and some hold the beginning of a TIFF.
  if (isDicom(bytes)) return 'dicom';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg';
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'webp';
  if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  if (starts(0x49, 0x49, 0x2b, 0) || starts(0x4d, 0x4d, 0, 0x2b)) return 'tiff';
  if (/^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))) return 'gif';
  if (starts(0x42, 0x4d)) return 'bmp';
  return holdsNifti(bytes) ? 'nifti' : null;
}

/** True when decoded values may differ from what was drawn: JPEG, and WebP unless it says it is lossless. */
export function isLossy(format: ImageFormat, bytes: Buffer): boolean {
  if (format === 'jpeg') return true;
  return format === 'webp' && !bytes.subarray(0, 64).includes('VP8L');
}
