import { z } from 'zod';
import type { Failure } from '#common/failures/failures.ts';
import { SCALES } from '#common/use/inferenceScale.ts';
import { jobKind, readPath, writtenPath } from './jobKind.ts';
import { networkId, taken, training } from './requestFields.ts';

/** What was found in one image, or in one page of a stack. */
export interface SegmentedPage {
  /** Relative to the folder or .zip, with forward slashes. */
  readonly image: string;
  /** From 1; null where the file has one page. */
  readonly page: number | null;
  readonly width: number;
  readonly height: number;
  /** Relative to the folder of the results, with forward slashes. */
  readonly mask: string;
  /** Foreground in pixels. */
  readonly area: number;
  readonly objects: number;
  /** Pixels of an object; 0 where there is none. */
  readonly meanObject: number;
  readonly medianObject: number;
  readonly largestObject: number;
  /** Side of a pixel in micrometres where the file says it. */
  readonly pixelSize: number | null;
  /** At what size the network saw it: common/use/inferenceScale. */
  readonly scale: 'side' | 'training';
  /** In what it differs from the training images; empty where it looks like one of them. */
  readonly unlike: readonly string[];
  /** Against the masks that lie beside it; null without. */
  readonly dice: number | null;
  readonly iou: number | null;
}

export interface SegmentResult {
  /** The table of all images, a CSV. */
  readonly table: string;
  readonly summary: string;
  readonly pages: readonly SegmentedPage[];
  /** Images that could not be segmented, and why. */
  readonly failed: readonly { readonly image: string; readonly failure: Failure }[];
  /** Pages that an earlier, interrupted run had done. */
  readonly resumed: number;
  readonly threshold: number;
  readonly seconds: number;
}

/** What is written, and how images are read. */
const how = {
  files: taken.files,
  device: training.device,
  threads: training.threads,
  /** Foreground is above; null for the network's own. */
  threshold: z.number().gt(0).lt(1).nullable(),
  scale: z.enum(SCALES),
  probabilities: z.boolean(),
  overlays: z.boolean(),
};
const among = { path: readPath, out: writtenPath } as const;

/** A network of the project segments new images. */
export const segmentKind = jobKind<SegmentResult>()({
  kind: 'segment',
  fields: { network: networkId, ...how },
  paths: among,
  title: ({ network }) => `Segment images with network ${network}`,
  lane: 'compute',
  reads: 'records',
  writes: false,
});

/** An exported network does. */
export const segmentWithFileKind = jobKind<SegmentResult>()({
  kind: 'segment-with-file',
  fields: how,
  paths: { model: readPath, ...among },
  title: () => 'Segment images with an exported network',
  lane: 'compute',
  reads: 'nothing',
  writes: false,
});

/** One image with what a network finds in it, to be looked at: outlines at any threshold are drawn of it. */
export interface SegmentationPreview {
  readonly image: string;
  readonly width: number;
  readonly height: number;
  /** The picture as a data: URL, WebP. */
  readonly picture: string;
  /** Probability of foreground, 0 to 255, at the size of the picture, as a data: URL, PNG. */
  readonly probability: string;
  readonly unlike: readonly string[];
}

export interface PreviewResult {
  /** Images that there are. */
  readonly images: number;
  readonly threshold: number;
  readonly previews: readonly SegmentationPreview[];
  readonly failed: readonly { readonly image: string; readonly failure: Failure }[];
}

/** A network of the project segments a few of the images, and nothing is written. */
export const previewSegmentationKind = jobKind<PreviewResult>()({
  kind: 'preview-segmentation',
  fields: {
    network: networkId,
    files: taken.files,
    scale: z.enum(SCALES),
    most: z.number().int().min(1).max(12),
  },
  paths: { path: readPath },
  title: ({ network }) => `Try network ${network} on images`,
  lane: 'quick',
  reads: 'images',
  writes: false,
});
