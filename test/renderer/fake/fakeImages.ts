import type { DatasetView, ImageView } from '#contract/channels.ts';
import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';
import type { Finding, Split } from '#common/dataset/dataset.ts';

/** Small generator of equal numbers for equal seeds (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const CENTRES: Complexity = {
  jpeg: 0.18,
  blobDensity: 0.3,
  medianFrequency: 0.11,
  entropy: 6.4,
  delentropy: 5.1,
  edgeDensity: 0.14,
  glcmContrast: 4.2,
  glcmHomogeneity: 0.52,
  boundaryDensity: 0.028,
  objectCount: 24,
  objectSizeSpread: 0.61,
  intensitySeparability: 0.77,
  textureSeparability: 0.34,
};

function complexityOf(random: () => number, shift: number): Complexity {
  const entries = MEASURES.map((measure) => {
    const bell = (random() + random() + random() + random() - 2) * 0.35;
    const outlier = random() < 0.006 ? 1.6 : 0;
    return [measure, CENTRES[measure] * (1 + shift + bell + outlier)] as const;
  });
  return Object.fromEntries(entries) as Complexity;
}

const PROBLEMS: readonly Finding[] = [
  {
    severity: 'warning',
    code: 'mask-damaged',
    file: '',
    problem:
      'Lossy compression or smoothing has changed the values of the mask; it was cut at half its range.',
    remedy: 'Export masks as PNG or TIFF without smoothing.',
  },
  {
    severity: 'warning',
    code: 'empty-mask',
    file: '',
    problem: 'The mask marks nothing.',
    remedy: 'Keep it if nothing is to be found in the image; otherwise draw or export it again.',
  },
];

/** Images with plausible measures, splits and a few problems. */
export function fakeImages(dataset: number, count: number, measured: boolean): ImageView[] {
  const random = numbers(dataset * 977);
  return Array.from({ length: count }, (_, i) => {
    const name = `section-${String(i + 1).padStart(4, '0')}`;
    const roll = random();
    const split: Split = roll < 0.7 ? 'train' : roll < 0.85 ? 'validation' : 'test';
    const problem = random() < 0.02 ? PROBLEMS[i % 2] : undefined;
    return {
      id: dataset * 100_000 + i + 1,
      name,
      image: `images/${name}.png`,
      width: 512,
      height: 512,
      channels: dataset === 1 ? 3 : 1,
      bitDepth: dataset === 3 ? 16 : 8,
      foreground: 0.2 + random() * 0.3,
      split,
      excluded: null,
      complexity: measured ? complexityOf(random, (dataset - 1) * 0.25) : null,
      problems: problem ? [{ ...problem, file: `masks/${name}.png` }] : [],
    };
  });
}

export const FAKE_DATASETS: readonly DatasetView[] = [
  dataset(1, 'Colon glands', 5000, 'images/ and masks/ folders', { error: 3, warning: 91, info: 2 }, true),
  dataset(
    2,
    'Phase-contrast cells',
    184,
    'mask files named like their image with _mask',
    { error: 0, warning: 4, info: 1 },
    true,
  ),
  dataset(
    3,
    'Nerve membranes, 16 bit',
    60,
    'images/ and labels/ folders',
    { error: 1, warning: 0, info: 1 },
    false,
  ),
];

function dataset(
  id: number,
  name: string,
  count: number,
  convention: string,
  findings: DatasetView['findings'],
  measured: boolean,
): DatasetView {
  const train = Math.round(count * 0.7);
  const validation = Math.round(count * 0.15);
  return {
    id,
    name,
    root: `/data/lab/${name.toLowerCase().replaceAll(' ', '-')}`,
    missing: false,
    fingerprint: `fingerprint-${id}`,
    otherFingerprints: [],
    channels: id === 1 ? 3 : 1,
    convention,
    splitMode: id === 3 ? 'ordered' : 'hashed',
    addedAt: '2026-11-20T09:30:00.000Z',
    images: { train, validation, test: count - train - validation },
    findings,
    measured,
    segmentability: measured ? 0.71 : null,
    cover: [1, 2, 3, 4, 5].map((i) => id * 100_000 + i),
  };
}

/** The doctor's list for a dataset. */
export function fakeFindings(count: number): Finding[] {
  const kinds: readonly Omit<Finding, 'file'>[] = [
    {
      severity: 'error',
      code: 'unpaired-image',
      problem: 'No mask was found for this image.',
      remedy: 'Add a mask of the same name (masks/name.png or name_mask.png), or remove the image.',
    },
    {
      severity: 'error',
      code: 'size-mismatch',
      problem: 'The image is 512 x 512 pixels, its mask masks/section-0007.png is 256 x 256.',
      remedy:
        'Export the mask at the size of the image, or pair the files by hand if they do not belong together.',
    },
    ...PROBLEMS,
    {
      severity: 'info',
      code: 'grey-as-colour',
      problem: '12 images store grey as three equal channels and count as grey.',
      remedy: 'Nothing to do.',
    },
  ];
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[i < 3 ? i % 2 : 2 + (i % 3)] ?? kinds[0];
    return {
      ...(kind as Omit<Finding, 'file'>),
      file: i % 5 === 4 ? '.' : `masks/section-${String(i * 7 + 1).padStart(4, '0')}.png`,
    };
  });
}
