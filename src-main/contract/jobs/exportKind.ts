import { jobKind, writtenPath } from './jobKind.ts';
import { type ExportFormat, formats, networkId } from './requestFields.ts';

/** A verified file that was written. */
export interface ExportedFile {
  readonly file: string;
  readonly format: ExportFormat;
  readonly bytes: number;
  /** Largest difference of foreground probability between the file, run again, and the trained network. */
  readonly largestDifference: number;
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
