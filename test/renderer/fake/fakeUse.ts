import type { NetworkChoice } from '#contract/channels.ts';
import type { PreviewResult, SegmentationPreview, SegmentResult } from '#contract/jobs/segmentKind.ts';

const network = { family: 'unet', width: 16, channels: 3, classes: 2 } as const;

export const fakeNetworks: readonly NetworkChoice[] = [
  {
    id: 1,
    dataset: 'Colon glands',
    network: { ...network, factor: 1 },
    seed: 1,
    fold: null,
    testDice: 0.934,
  },
  {
    id: 3,
    dataset: 'Colon glands',
    network: { ...network, factor: 1 / 8 },
    seed: 2,
    fold: { number: 1, of: 3 },
    testDice: 0.921,
  },
];

const SIZE = { width: 320, height: 240 };
const UNLIKE = ['edges [edge density] 0.31, in training 0.05 to 0.12'];

/** A picture of blobs on a ground, as an image that needs no file. */
function drawn(ground: string, blob: string): string {
  const { width, height } = SIZE;
  const circles = Array.from({ length: 9 }, (_, at) => {
    const [x, y] = [40 + (at % 3) * 115, 40 + Math.floor(at / 3) * 80];
    return `<circle cx="${x}" cy="${y}" r="34" fill="url(#b)"/>`;
  });
  const shade = `<radialGradient id="b"><stop offset="0" stop-color="${blob}"/><stop offset="1" stop-color="${ground}"/></radialGradient>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${shade}</defs><rect width="100%" height="100%" fill="${ground}"/>${circles.join('')}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function preview(index: number): SegmentationPreview {
  return {
    image: `new/field-${index}.tif`,
    ...SIZE,
    picture: drawn('#e9d3df', '#7a3f83'),
    probability: drawn('#000000', '#ffffff'),
    unlike: index === 2 ? UNLIKE : [],
  };
}

export function fakePreview(): PreviewResult {
  return { images: 48, threshold: 0.5, previews: [1, 2, 3].map(preview), failed: [] };
}

export function fakeSegmentation(): SegmentResult {
  const pages = Array.from({ length: 48 }, (_, index) => ({
    image: `new/field-${index + 1}.tif`,
    page: null,
    width: 1024,
    height: 768,
    mask: `masks/new/field-${index + 1}_mask.tif`,
    area: 98_304 + 997 * index,
    objects: 31 + (index % 7),
    meanObject: 2900 - 11 * index,
    medianObject: 2500,
    largestObject: 9100,
    pixelSize: 0.5,
    scale: 'side' as const,
    unlike: index === 1 ? UNLIKE : [],
    dice: null,
    iou: null,
  }));
  return {
    table: '/data/lab/exports/new-segmented-run3-at-0.5/measurements.csv',
    summary: '/data/lab/exports/new-segmented-run3-at-0.5/summary.md',
    pages,
    failed: [
      {
        image: 'new/field-9.tif',
        failure: { code: 'image-damaged', facts: { file: 'new/field-9.tif', reason: 'it ends early' } },
      },
    ],
    resumed: 0,
    threshold: 0.5,
    seconds: 12,
  };
}
