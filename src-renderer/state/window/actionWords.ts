import type { ActionWords } from '#common/failures/remedy.ts';

/** What to do about a failure, at the window: in plain words, and with the names that its buttons have. */
export const ACTION_WORDS: ActionWords = {
  'report-fault': () => 'This is a fault of the program: please report it with what you did just before.',

  'make-project': () => 'Check whether it was moved or renamed, or make a new project.',
  'choose-project-file': () => 'Choose a .ccnet file.',
  'close-other-program': () =>
    'Close the other window or program that has it open, then try again. It can be opened for reading only meanwhile.',
  'choose-dataset-name': () => 'Choose another name, or remove that dataset first.',
  'locate-dataset': () =>
    'Connect its disk, or say where they are now: "Locate it again" in the view of the dataset.',
  'pair-by-hand': () => 'Or pair the files by hand: "Correct the pairing".',

  'check-dataset': () => 'What is wrong with which file is told when its folder is added again.',
  'choose-reading': () => 'Another reading is chosen under "How the masks are read".',
  'look-at-overlay': () => 'Look at the image with its mask shown.',
  'choose-planes': () => 'Or choose "The brightest of all in depth" under "Planes of stacks".',
  'split-in-blocks': () =>
    'Choose "In blocks" under "How to split", which cuts the sequence into contiguous blocks.',
  'choose-masks': () => 'Choose others, or all as one, under "Masks from".',
  'keep-alike': () => 'Choose "Alike" under "Keep together".',
  'keep-groups': () => 'Choose "By name" under "Keep together".',

  'tell-publication': () => 'Choose "BioImage.IO package" on the step Result, which asks for them.',
  'choose-library': () =>
    'Choose a library that was exported from the view Calibration; if it is one, copy or export it again.',
  calibrate: ({ network, width }) =>
    `Import a library in the view Calibration, or train ${network} of width ${width} there on at least three other datasets.`,
  'choose-training': ({ known }) =>
    known.length > 0 ? `It has: ${known.join(', ')}.` : 'All trainings are finished.',
  'choose-network': ({ known }) => (known.length > 0 ? `It has: ${known.join(', ')}.` : 'Train one first.'),
  'predict-first': () => 'Ask first how small its network may be: "Predict".',
  'choose-empty-folder': () => 'Choose an empty folder.',

  'use-native': () => 'Choose the processor instead.',
  'start-elsewhere': () => 'Start it again, on another device if need be.',
  'resume-elsewhere': () =>
    'What was trained is kept up to the last finished epoch: resume it on another device.',
  'report-device': () => 'Do not use this device. Please report it with what this page shows of it.',
  'install-again': () => 'Install the program again, from the package made for this system.',
  'set-up-tensorflow': ({ again }) =>
    again
      ? 'Or have TensorFlow set up again by whoever looks after this computer.'
      : 'An NVIDIA card can be used once whoever looks after this computer has set up TensorFlow for it.',
  'allow-tensorflow-on-cpu': () => 'TensorFlow can also be set up so that it computes on the processor.',
  'install-cuda': () => 'Have the CUDA and cuDNN installed that this TensorFlow needs.',
};
