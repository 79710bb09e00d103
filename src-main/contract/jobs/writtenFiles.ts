import type { CompressResult } from './compressKind.ts';
import type { ExportedFile } from './exportKind.ts';
import type { JobRequest, JobResult, ResultOf } from './jobKinds.ts';
import type { WrittenFile } from './writtenFile.ts';

/** The files of a trained network that a job has written, by its request and result. */
export function writtenFiles(request: JobRequest, result: JobResult): readonly WrittenFile[] {
  switch (request.kind) {
    case 'export':
      return (result as ResultOf<'export'>).map((file) => exported(file, request.network));
    case 'compress': {
      const { outcome } = result as CompressResult;
      if (!outcome) return [];
      const { network, files, report } = outcome;
      return [
        ...files.map((file) => exported(file, network)),
        { file: report, what: 'report', network, bytes: null, differs: null },
      ];
    }
    default:
      return [];
  }
}

function exported(
  { file, format, bytes, largestDifference, differs }: ExportedFile,
  network: number,
): WrittenFile {
  return {
    file,
    what: format,
    network,
    bytes,
    differs: { how: differs ?? 'at most', by: largestDifference },
  };
}
