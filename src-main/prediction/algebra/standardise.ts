import { scaledFeature, type Feature, type Features } from '../points/measureScale.ts';

/** One feature, shifted and scaled to mean 0 and standard deviation 1 over the datasets of a fit. */
export interface StandardFeature {
  readonly feature: Feature;
  readonly mean: number;
  readonly deviation: number;
  readonly of: (features: Features) => number;
}

/** Standardises those of `features` that differ between the datasets; a constant one explains nothing. */
export function standardise(datasets: readonly Features[], features: readonly Feature[]): StandardFeature[] {
  return features.flatMap((feature) => {
    const values = datasets.map((dataset) => scaledFeature(dataset, feature));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance =
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
    const deviation = Math.sqrt(variance);
    if (!(deviation > 1e-9)) return [];
    return [
      { feature, mean, deviation, of: (dataset) => (scaledFeature(dataset, feature) - mean) / deviation },
    ];
  });
}
