import type { Features } from '../points/measureScale.ts';

/** Measured accuracy of several network sizes on one dataset. */
export interface DatasetCurve {
  /** Fingerprint. */
  readonly dataset: string;
  readonly name: string;
  /** Datasets with the same text are not independent (one laboratory's two tasks on the same videos) and are left out together. */
  readonly related: string;
  readonly features: Features;
  /** Narrowest first, each width once. */
  readonly sizes: readonly MeasuredSize[];
}

export interface MeasuredSize {
  /** Filters of the network's first level. */
  readonly width: number;
  /** Mean test Dice over the runs as if all folds were equally hard, in [0, 1]. */
  readonly dice: number;
  /** Mean validation Dice over the runs: what a probe of this size would have told. */
  readonly validation: number;
  /** How many runs (seeds, folds) were averaged. */
  readonly runs: number;
  /** Test Dice of each of them on the images that tested it. */
  readonly each: readonly number[];
}
