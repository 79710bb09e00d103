import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import { jobKind } from './jobKind.ts';
import { datasetId, workingSide } from './requestFields.ts';

export interface MeasureComplexityResult extends DatasetComplexity {
  readonly dataset: string;
}

export const measureComplexityKind = jobKind<MeasureComplexityResult>()({
  kind: 'measure-complexity',
  fields: { dataset: datasetId, workingSide },
  paths: {},
  title: ({ dataset }, nameOf) => `Measure the complexity of ${nameOf(dataset)}`,
  lane: 'compute',
  reads: 'images',
  writes: true,
});
