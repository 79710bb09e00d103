import { choice, number, text } from './fact.ts';
import { failure } from './failure.ts';

const UNKNOWN = {
  'no-onnx': 'it is no ONNX file',
  'no-card': 'it does not say how images are prepared for it, as files that this program exports do',
  'newer-card': 'it was exported by a newer version of this program',
} as const;

/** What can go wrong where a trained network is used on new images. */
export const useFailures = {
  'network-file-unknown': failure({
    exit: 'usage',
    facts: { file: text, why: choice('no-onnx', 'no-card', 'newer-card') },
    problem: ({ file, why }) => `${file} cannot be used: ${UNKNOWN[why]}.`,
    remedy: 'Use an .onnx file that this version exported, or the number of a run of a project.',
  }),
  'network-file-damaged': failure({
    facts: { file: text },
    problem: ({ file }) => `${file} is damaged: its weights are not those that it was exported with.`,
    remedy: 'Export the network again.',
  }),
  'nothing-to-segment': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) => `${path} holds no image that can be read.`,
    remedy: 'PNG, JPEG, WebP, TIFF, GIF, BMP, NIfTI and DICOM are read. Convert other formats to TIFF first.',
  }),
  'output-among-images': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) =>
      `${path} is the folder of the images themselves: nothing is written among originals.`,
    remedy: 'Choose another folder for the results, such as a new one.',
  }),
  'results-of-another': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) => `${path} holds the results of another network or of other settings.`,
    remedy: 'Choose another folder, or delete that one first.',
  }),
  'folders-one-by-one': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) => `${path} is given beside other images.`,
    remedy: 'Give one folder, one .zip, or image files alone.',
  }),
  'image-too-thin': failure({
    facts: { file: text, width: number, height: number, most: number },
    problem: ({ file, width, height, most }) =>
      `${file} has ${width} x ${height} pixels: one side is more than ${most} times as long as the other.`,
    remedy: 'Cut it into parts of more even sides.',
  }),
  'image-enlarged-too-much': failure({
    facts: { file: text, width: number, height: number, seenWidth: number, seenHeight: number, most: number },
    problem: ({ file, width, height, seenWidth, seenHeight, most }) =>
      `${file} has ${width} x ${height} pixels and would be shown to this network at ${seenWidth} x ${seenHeight}, because the network was trained on much smaller images. At most ${Math.round(most / 1e6)} million pixels are.`,
    remedy: 'Take a network that was trained on images like this one.',
  }),
};
