import type { Measure } from './complexity.ts';

/** A measure in plain words, with its name in the literature and what a high value means. */
export interface MeasureWords {
  readonly plain: string;
  readonly technical: string;
  readonly means: string;
}

export const MEASURE_WORDS: Readonly<Record<Measure, MeasureWords>> = {
  jpeg: {
    plain: 'Detail',
    technical: 'JPEG complexity',
    means: 'How badly the image compresses: more is busier.',
  },
  blobDensity: {
    plain: 'Marked share',
    technical: 'blob density',
    means: 'How much of the image is marked in the mask.',
  },
  medianFrequency: {
    plain: 'Fineness',
    technical: 'median spatial frequency',
    means: 'How fine the structures are.',
  },
  entropy: {
    plain: 'Variety of brightness',
    technical: 'Shannon entropy',
    means: 'How evenly all grey values are used.',
  },
  delentropy: {
    plain: 'Variety of gradients',
    technical: 'delentropy',
    means: 'How varied the changes from pixel to pixel are.',
  },
  edgeDensity: { plain: 'Edges', technical: 'edge density', means: 'How many pixels lie on an edge.' },
  glcmContrast: {
    plain: 'Texture contrast',
    technical: 'GLCM contrast',
    means: 'How strongly neighbouring pixels differ.',
  },
  glcmHomogeneity: {
    plain: 'Texture evenness',
    technical: 'GLCM homogeneity',
    means: 'How alike neighbouring pixels are.',
  },
  boundaryDensity: {
    plain: 'Outline length',
    technical: 'boundary density',
    means: 'Length of the mask outlines per pixel: thin and small objects have more.',
  },
  objectCount: { plain: 'Objects', technical: 'object count', means: 'Separate objects in the mask.' },
  objectSizeSpread: {
    plain: 'Spread of object sizes',
    technical: 'object size spread',
    means: 'How different in size the objects are.',
  },
  intensitySeparability: {
    plain: 'Difference in brightness',
    technical: 'intensity separability',
    means: 'How clearly objects differ from their surroundings in brightness.',
  },
  textureSeparability: {
    plain: 'Difference in texture',
    technical: 'texture separability',
    means: 'How clearly objects differ from their surroundings in texture.',
  },
};

/** Linear segmentability, which only the training images together have. */
export const SEGMENTABILITY_WORDS: MeasureWords = {
  plain: 'What simple features tell',
  technical: 'linear segmentability',
  means: 'How well brightness, colour and texture alone separate your objects: 1 is wholly, 0 not at all.',
};

/** In the order in which the window lists them. */
export const MEASURE_ORDER = Object.keys(MEASURE_WORDS) as readonly Measure[];
