import { jobKind, writtenPath } from './jobKind.ts';

export const exportLibraryKind = jobKind<{ readonly file: string; readonly runs: number }>()({
  kind: 'export-library',
  fields: {},
  paths: { file: writtenPath },
  title: () => 'Export the calibration library',
  lane: 'quick',
  reads: 'records',
  writes: false,
});
