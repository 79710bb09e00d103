import { jobKind, writtenPath } from './jobKind.ts';
import { type ExportFormat, formats, networkId } from './requestFields.ts';

/** A verified file that was written. */
export interface ExportedFile {
  readonly file: string;
  readonly format: ExportFormat;
  readonly bytes: number;
  /** Largest difference of foreground probability between the file, run again on test images, and the trained network. */
  readonly largestDifference: number;
  /** Of any pixel; or, where the file prepares images itself, of the mean over an image. Absent in results of version 0.1.0: of any pixel. */
  readonly differs?: 'at most' | 'on average';
  /** Page beside it that tells how to use it; absent in results of version 0.1.0. */
  readonly guide?: string;
}

export const exportKind = jobKind<readonly ExportedFile[]>()({
  kind: 'export',
  fields: { network: networkId, formats },
  paths: { out: writtenPath },
  title: ({ network }) => `Export network ${network}`,
  lane: 'quick',
  reads: 'images',
  writes: false,
});
