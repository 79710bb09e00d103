import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import { jobKind } from './jobKind.ts';
import { datasetName, workingSide } from './requestFields.ts';

export interface MeasureComplexityResult extends DatasetComplexity {
  readonly dataset: string;
}

export const measureComplexityKind = jobKind<MeasureComplexityResult>()({
  kind: 'measure-complexity',
  fields: { dataset: datasetName, workingSide },
  paths: {},
  title: ({ dataset }) => `Measure the complexity of ${dataset}`,
  lane: 'compute',
  reads: 'images',
  writes: true,
});
