import { jobKind, writtenPath } from './jobKind.ts';

/** Fills a new project with generated datasets, in the folder `out`, and the calibration library that belongs to them. */
export const makeDemoKind = jobKind<{ readonly datasets: readonly string[]; readonly runs: number }>()({
  kind: 'make-demo',
  fields: {},
  paths: { out: writtenPath },
  title: () => 'Make the demo project',
  lane: 'quick',
  reads: 'nothing',
  writes: true,
});
