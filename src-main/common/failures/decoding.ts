import { formatBytes } from '../format.ts';
import { choice, number, optional, text } from './fact.ts';
import { failure } from './failure.ts';

const MISSING = {
  rows: 'its last rows are missing',
  header: 'its header is not whole',
  palette: 'its palette is not whole',
} as const;

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;

const COPY_AGAIN = 'Copy or export it again.';

/** What can be wrong with one image file. The fact `file` names it. */
export const decodingFailures = {
  'image-empty': failure({
    facts: { file: text },
    problem: ({ file }) => `"${file}" is empty (0 bytes).`,
    remedy: 'Copy it again from where it came from.',
  }),
  'image-format-unknown': failure({
    facts: { file: text, holds: optional(text) },
    problem: ({ file, holds }) =>
      holds === null
        ? `"${file}" is no PNG, JPEG, WebP, TIFF, GIF, BMP, NIfTI or DICOM image, whatever its name says.`
        : `"${file}" is ${holds}, whatever its name says.`,
    remedy: 'Convert it to PNG or TIFF, or remove it.',
  }),
  'image-values-unread': failure({
    facts: { file: text, values: text },
    problem: ({ file, values }) => `"${file}" is sound, but its ${values} values are not read.`,
    remedy: 'Save it with 8-bit or 16-bit whole numbers, or with 32-bit float values.',
  }),
  'image-colours-unread': failure({
    facts: { file: text, colours: text },
    problem: ({ file, colours }) => `"${file}" is sound, but its kind of colour (${colours}) is not read.`,
    remedy: 'Save it as grey or RGB, as PNG or TIFF.',
  }),
  'image-compression-unread': failure({
    facts: { file: text, compression: text },
    problem: ({ file, compression }) =>
      `"${file}" is sound, but its compression (${compression}) is not read.`,
    remedy: 'Save it uncompressed, or with LZW or Deflate compression.',
  }),
  'image-volume-in-page': failure({
    facts: { file: text, slices: number },
    problem: ({ file, slices }) =>
      `"${file}" is sound, but it holds ${slices} slices in one page, which is not read.`,
    remedy: 'Save every slice as a page of its own, as ImageJ and OME-TIFF do.',
  }),
  'image-in-several-files': failure({
    facts: { file: text, other: text },
    problem: ({ file, other }) =>
      `"${file}" holds a part of an image that is spread over several files (see "${other}"): nothing here tells which page is which.`,
    remedy: 'Save the whole image as one OME-TIFF, as Bio-Formats and Fiji do.',
  }),
  'stack-unclear': failure({
    facts: { file: text, planes: number, channels: number, pages: number },
    problem: ({ file, planes, channels, pages }) =>
      `"${file}" says that it holds ${planes} planes in ${channels} channels, and holds ${pages}: nothing tells which is which.`,
    remedy: 'Save it again as a stack, with ImageJ or as OME-TIFF, or every channel as a file of its own.',
  }),
  'image-not-downloaded': failure({
    facts: { file: text },
    problem: ({ file }) => `"${file}" stands for a file that Git LFS has not downloaded.`,
    remedy: 'Download it with: git lfs pull',
  }),
  'no-such-channel': failure({
    exit: 'usage',
    facts: { file: text, channel: number, channels: number },
    problem: ({ file, channel, channels }) =>
      `"${file}" has ${channels} channel${channels === 1 ? '' : 's'} and no channel ${channel}.`,
    remedy: 'Choose a channel that all images have.',
  }),
  'no-such-plane': failure({
    exit: 'usage',
    facts: { file: text, plane: number, planes: number },
    problem: ({ file, plane, planes }) =>
      `"${file}" has ${planes} plane${planes === 1 ? '' : 's'} in depth and no plane ${plane}.`,
    remedy: 'Choose a plane that all stacks have, or the brightest of all.',
  }),
  'image-too-large': failure({
    facts: { file: text, width: number, height: number, most: number },
    problem: ({ file, width, height, most }) =>
      `"${file}" has ${width} x ${height} pixels; up to ${most / 1e6} megapixels are read.`,
    remedy: 'Cut it into tiles, with its mask.',
  }),
  /** A small file may say that it holds an enormous image. */
  'image-takes-too-much': failure({
    facts: { file: text, width: number, height: number, channels: number, bits: number, most: number },
    problem: ({ file, width, height, channels, bits, most }) =>
      `"${file}" has ${width} x ${height} pixels of ${channels} ${channels === 1 ? 'channel' : 'channels'} and ${bits} bits, ` +
      `which take ${formatBytes((width * height * channels * bits) / 8)} of memory; up to ${formatBytes(most)} are read.`,
    remedy: 'Cut it into tiles, with its mask.',
  }),
  'pair-takes-too-much': failure({
    facts: { file: text, width: number, height: number, bytes: number, most: number },
    problem: ({ file, width, height, bytes, most }) =>
      `"${file}" (${width} x ${height} pixels) and its mask take ${formatBytes(bytes)} of memory together when they are decoded; ` +
      `up to ${formatBytes(most)} are read.`,
    remedy: 'Cut both into tiles, or save the mask with one channel of 8 bits.',
  }),
  /** A small packed file may say that it holds an enormous volume. */
  'volume-takes-too-much': failure({
    facts: { file: text, size: text, bytes: number, most: number },
    problem: ({ file, size, bytes, most }) =>
      `"${file}" holds a volume of ${size} voxels, which takes ${formatBytes(bytes)} of memory; up to ${formatBytes(most)} are read.`,
    remedy: 'Cut it into smaller volumes, with its mask.',
  }),
  'volume-in-two-files': failure({
    facts: { file: text },
    problem: ({ file }) =>
      `"${file}" is the header of a NIfTI volume in two files (.hdr and .img), which is not read.`,
    remedy: 'Convert it to one file, .nii or .nii.gz.',
  }),
  'mask-turned': failure({
    facts: { file: text, image: text },
    problem: ({ file, image }) =>
      `The voxels of "${file}" run another way than those of "${image}", and by what the two files say they lie elsewhere: how the mask is to be turned is not clear.`,
    remedy:
      'Save the mask with the header of its image: nibabel.Nifti1Image(mask, image.affine, image.header), or mask.CopyInformation(image) in SimpleITK.',
  }),
  'dicom-without-pixels': failure({
    facts: { file: text },
    problem: ({ file }) => `"${file}" is a DICOM file without an image in it.`,
    remedy: 'Leave it where it is: outlines are used with the images that they belong to.',
  }),
  'dicom-packing-unread': failure({
    facts: { file: text, compression: text },
    problem: ({ file, compression }) =>
      `"${file}" is sound, but its compression (${compression}) is not read.`,
    remedy:
      'Convert it to uncompressed DICOM (explicit VR little endian), or to lossless JPEG, JPEG-LS or JPEG 2000.',
  }),
  'no-window-in-file': failure({
    exit: 'usage',
    facts: { file: text },
    problem: ({ file }) => `"${file}" does not say which window of its values is to be shown.`,
    remedy: 'Give the window by its centre and width, or read the full range of values.',
  }),
  'image-damaged': failure({
    facts: { file: text, reason: text },
    problem: ({ file, reason }) => `"${file}" is damaged or cut off (${reason}).`,
    remedy: 'Copy or export it again, or remove it together with its partner.',
  }),
  'bmp-cut-off': failure({
    facts: { file: text, within: choice('rows', 'header', 'palette') },
    problem: ({ file, within }) => `"${file}" is cut off: ${MISSING[within]}.`,
    remedy: COPY_AGAIN,
  }),
  'bmp-header-damaged': failure({
    facts: { file: text },
    problem: ({ file }) => `"${file}" has a damaged BMP header.`,
    remedy: 'Export it again, as PNG if you can.',
  }),
  'bmp-without-pixels': failure({
    facts: { file: text },
    problem: ({ file }) => `"${file}" says it has no pixels.`,
    remedy: 'Export it again.',
  }),
  'bmp-kind-unread': failure({
    facts: { file: text, bits: number, compression: number },
    problem: ({ file, bits, compression }) =>
      `"${file}" is a BMP with ${bits} bits per pixel and compression ${compression}, which is not read.`,
    remedy: 'Save it as PNG or as an uncompressed BMP of 8, 24 or 32 bits.',
  }),
  /** More bytes than are ever read into memory at once. */
  'file-too-large': failure({
    facts: { file: text, bytes: number, most: number },
    problem: ({ file, bytes, most }) =>
      `"${file}" is ${mebibytes(bytes)} large; files up to ${mebibytes(most)} are read.`,
    remedy: 'Split the stack into several files, or cut the image into tiles.',
  }),
  'annotation-unread': failure({
    facts: { file: text, reason: text },
    problem: ({ file, reason }) => `The annotations in "${file}" are not read: ${reason}.`,
    remedy: 'Export them again, or export masks as PNG or TIFF.',
  }),
  'annotation-without-image': failure({
    facts: { file: text, image: text },
    problem: ({ file, image }) => `"${file}" draws nothing on "${image}" any more.`,
    remedy: ['Check the data set again and add it anew.', { kind: 'check-dataset' }],
  }),
  'object-masks-differ': failure({
    facts: { file: text, width: number, height: number, otherWidth: number, otherHeight: number },
    problem: ({ file, width, height, otherWidth, otherHeight }) =>
      `"${file}" is ${width} x ${height} pixels, another mask of the same image ${otherWidth} x ${otherHeight}.`,
    remedy: 'Export all object masks of one image at the size of the image.',
  }),
  'mask-changed': failure({
    facts: { file: text },
    problem: ({ file }) =>
      `"${file}" marks something else than when its data set was added: the file was changed, or an earlier version of the program read masks of this kind wrongly.`,
    remedy: [
      'Add the data set anew; what was trained on it before says nothing of it.',
      { kind: 'check-dataset' },
    ],
  }),
  'size-changed': failure({
    facts: { file: text },
    problem: ({ file }) => `"${file}" or its mask has changed its size since the data set was checked.`,
    remedy: ['Check the data set again and add it anew.', { kind: 'check-dataset' }],
  }),
};
