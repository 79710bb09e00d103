import type { Scale } from '#common/use/inferenceScale.ts';

/** The rules by which the size is found at which a network sees an image, for people. */
export const SCALE_WORDS: Readonly<Record<Scale, { readonly plain: string; readonly hint: string }>> = {
  auto: {
    plain: 'By the size of each image',
    hint: 'As in training where images are about as large; else so that objects keep their size.',
  },
  side: {
    plain: 'Whole images as in training',
    hint: 'The shorter side is brought to the length that it had in training, however large the image.',
  },
  training: {
    plain: 'Objects as large as in training',
    hint: 'Scaled by the factor of the training images: for other sizes at the same magnification.',
  },
};
