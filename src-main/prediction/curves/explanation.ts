import type { Feature } from '../points/measureScale.ts';
import type { CurveForm } from './curveTerms.ts';

/** What a predictor lets the curve of a dataset depend on. */
export interface Explanation {
  readonly name: string;
  readonly form: CurveForm;
  /** Features that explain the level, the accuracy of wide networks. */
  readonly level: readonly Feature[];
  /** Features that explain the drop towards narrow networks. */
  readonly drop: readonly Feature[];
  /** Feature that tells how far datasets stray from what the others let expect (dispersion.ts); where not all have it, all stray alike. */
  readonly dispersion: Feature | null;
}

/** Features that must be known of every dataset and of the target, once each. */
export function featuresNeeded({ level, drop }: Explanation): Feature[] {
  return [...new Set([...level, ...drop])];
}

/**
 * From the simplest to the richest. The first two look at no image. The measures of CC-Net's papers (J and B) come next; linear
 * segmentability, measured on the very task, is what predicts best (method.md, section 7), and thin outlines suffer most when networks get
 * narrow.
 */
export const EXPLANATIONS: readonly Explanation[] = [
  { name: 'meanCurve', form: 'saturating', level: [], drop: [], dispersion: null },
  { name: 'logParameters', form: 'logarithmic', level: [], drop: [], dispersion: null },
  {
    name: 'complexity',
    form: 'saturating',
    level: ['jpeg', 'blobDensity', 'intensitySeparability'],
    drop: ['blobDensity', 'thinness'],
    dispersion: 'thinness',
  },
  {
    name: 'segmentability',
    form: 'saturating',
    level: ['segmentability', 'rarity'],
    drop: ['segmentability'],
    dispersion: 'thinness',
  },
  {
    name: 'segmentabilityAndThinness',
    form: 'saturating',
    level: ['segmentability', 'rarity'],
    drop: ['segmentability', 'thinness'],
    dispersion: 'thinness',
  },
];

/** Those that look at no image. */
export type Baseline = 'meanCurve' | 'logParameters';
