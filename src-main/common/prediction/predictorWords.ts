/** What each predictor does, for people who do not know its name. */
const PREDICTOR_WORDS: Readonly<Record<string, string>> = {
  meanCurve: 'average curve of all calibrated datasets',
  logParameters: 'straight line over the number of parameters',
  complexity: 'curves adjusted by detail, marked share and thinness',
  segmentability:
    'curves adjusted by how well brightness, colour and texture alone separate the objects, and by their share of the image',
  segmentabilityAndThinness:
    'curves adjusted by how well brightness, colour and texture alone separate the objects, by their share of the image and by their thinness',
  // Of version 0.1.0, in stored predictions.
  sharedLaw: 'law of loss shared by all datasets, adjusted by complexity',
  linearPerFactor: 'line over complexity, for each size by itself',
  bayesianLinear: 'line over complexity, averaged over its measures',
  gaussianProcess: 'smooth curve over complexity, averaged over its measures',
};

/** A predictor in plain words; its name where a later or earlier version used one that is not known here. */
export function predictorWords(name: string): string {
  return PREDICTOR_WORDS[name] ?? name;
}
