import type { ActionWords } from '#common/failures/remedy.ts';
import { quoted } from './commandLine.ts';

const SET_UP = 'ccnet devices setup-cuda --python PYTHON (or --libtensorflow DIR)';

/** What to do about a failure, at the command line. */
export const ACTION_WORDS: ActionWords = {
  'report-fault': () => 'Please report this with the command and the text above.',

  'make-project': () => 'Check the name, or add a dataset to create the project.',
  'choose-project-file': () => 'Give the project file, such as --project lab.ccnet.',
  'close-other-program': () =>
    'Close the other window or wait for the other command to end, then try again. Commands that only read work meanwhile.',
  'choose-dataset-name': () => 'Choose another name with --name, or remove that dataset first.',
  'locate-dataset': ({ dataset }) =>
    `Connect its disk, or say where they are now: ccnet dataset relocate ${quoted(dataset)} FOLDER.`,
  'pair-by-hand': () =>
    'Or say which belong together: --pairs FILE.csv, with the columns image and mask (the desktop app pairs by hand).',

  'check-dataset': () => 'What is wrong with which file is told by: ccnet dataset check FOLDER.',
  'choose-reading': () =>
    'Another reading is chosen with --invert, --classes, --background, --ignore, --masks or --image-channel.',
  'look-at-overlay': () => 'Look at the image with its mask over it; the desktop app shows it so.',

  'keep-groups': ({ pattern }) => `Keep them together with: ccnet dataset add ... --groups "${pattern}".`,
  'split-in-blocks': () =>
    'Cut the sequence into contiguous blocks with: ccnet dataset add ... --split ordered.',
  'choose-masks': () => 'To use others: --masks NAME, or several as one: --masks "NAME,NAME".',
  'choose-planes': () => 'Or choose one plane with --planes N, or the brightest of all with --planes max.',
  'keep-alike': () => 'Keep such images together with: ccnet dataset add ... --groups alike.',

  'tell-publication': () =>
    'Tell them once: ccnet export RUN --format bioimageio --authors "Name (Institute); Name" --licence CC-BY-4.0 --cite "Title 10.1234/doi" ...',
  'choose-library': () =>
    'Choose a file that was written by "ccnet library export"; if it is one, copy or export it again.',
  calibrate: ({ network, width }) =>
    `Calibrate ${network} at width ${width} on at least three other datasets (ccnet calibrate), or import a library: ` +
    'ccnet library import starter brings the one that comes with the product.',
  'choose-training': ({ known }) =>
    known.length > 0
      ? `It has: ${known.join(', ')} (see ccnet run list --unfinished).`
      : 'All are finished: see ccnet run list.',
  'choose-network': ({ known }) =>
    known.length > 0
      ? `It has: ${known.join(', ')} (see ccnet run list).`
      : 'Train one first with ccnet compress.',
  'predict-first': ({ dataset }) => `Predict first: ccnet predict ${quoted(dataset)}.`,
  'choose-empty-folder': () => 'Choose an empty folder with --out.',

  'use-native': () => 'Use --device native.',
  'start-elsewhere': () => 'Run it again, on another device if need be (--device native).',
  'resume-elsewhere': ({ training }) =>
    `What was trained is kept up to the last finished epoch. Continue it on another device, such as: ccnet run resume ${training} --device native.`,
  'report-device': () => 'Do not use this device. Please report it with the output of: ccnet devices --json.',
  'install-again': () =>
    'In a checkout, run: npm ci && npm run build:native. In an installation, install the package made for this system.',
  'set-up-tensorflow': ({ again }) =>
    again ? `Or set TensorFlow up again: ${SET_UP}.` : `For an NVIDIA GPU, run: ${SET_UP}.`,
  'allow-tensorflow-on-cpu': () => 'To let TensorFlow compute on the CPU, set it up with --allow-cpu.',
  'install-cuda': () =>
    'Install what it needs (its own messages: set TF_CPP_MIN_LOG_LEVEL=0 and run ccnet devices again).',
};
