/** What accuracy is told in, in one sentence. */
export const DICE_WORDS =
  'Dice tells how much of what is drawn and what is found overlaps: 0 nothing, 1 exactly the same.';

/** The whole way, in five steps. */
export const GUIDE: readonly { readonly title: string; readonly text: string }[] = [
  {
    title: 'Add your images',
    text: 'Drop a folder or a .zip with images and their masks on the window. It is looked at first, and nothing on disk is changed.',
  },
  {
    title: 'Look at what was found',
    text: 'The findings name every file that cannot be used and what to do about it. The measures show how difficult the images are.',
  },
  {
    title: 'Ask how small',
    text: 'Choose "Find the smallest network", say what must be kept of the accuracy, and predict. Nothing is trained yet.',
  },
  {
    title: 'Train the one that is enough',
    text: 'Take the proposed size or another one. Probes make the prediction surer. Time and memory are told before anything begins.',
  },
  {
    title: 'Look at the result, and use it',
    text: 'See on every test image what was found, what was missed and what is too much. In the view Use the network finds the same in new images; the exported files work in other programs.',
  },
];

/** The words of the window, as its users meet them. */
export const GLOSSARY: readonly { readonly word: string; readonly means: string }[] = [
  { word: 'Mask', means: 'A picture as large as the image in which the objects are marked.' },
  { word: 'Dice', means: DICE_WORDS },
  { word: 'IoU', means: 'The overlap divided by everything that is drawn or found. Always at most Dice.' },
  {
    word: 'Training, validation, test',
    means:
      'A network learns from the training images; the validation images tell when it has learnt enough; the test images are seen by it only at the end, and tell how good it is.',
  },
  { word: 'Full network', means: 'The base network as it is usually used, before it is made smaller.' },
  {
    word: 'Factor',
    means: 'By what the number of filters of the full network is multiplied: 1/8 has an eighth of them.',
  },
  {
    word: 'Filters',
    means: 'What a network finds in every part of an image. Fewer filters make it smaller and faster.',
  },
  { word: 'Parameters', means: 'The numbers that a network has learnt; they make up its file.' },
  { word: 'Epoch', means: 'One pass of a training over the images.' },
  {
    word: 'Calibration',
    means: 'Networks of many sizes that were trained on other images. Predictions stand on them.',
  },
  { word: 'Sweep', means: 'Trains several sizes on several datasets, to calibrate.' },
  {
    word: 'Probe',
    means: 'A small network that is trained on your own images, to make the prediction surer.',
  },
  {
    word: 'Interval',
    means: 'Where the true value lies with a chance of 90 %. A wide one says: this is not known well.',
  },
  {
    word: 'Segmentability',
    means:
      'How well brightness, colour and texture alone separate your objects. It tells most about how accurate a network will be.',
  },
  { word: 'Working resolution', means: 'The size to which images are brought before a network sees them.' },
  { word: 'ONNX, TensorFlow.js', means: 'Kinds of files in which other programs can use the network.' },
];
