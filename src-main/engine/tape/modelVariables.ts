import { tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import { networkWeights, type WeightShape } from '#common/network/layerWeights.ts';
import { matchWeights } from '#common/network/matchWeights.ts';
import type { NamedTensor } from '#common/training/training.ts';

/** One weight of a layer table, and where a LayersModel keeps it. */
export interface ModelVariable extends WeightShape {
  readonly variable: Variable;
}

/** The variables of the LayersModel that was assembled from a layer table, in the order of networkWeights. */
export function modelVariables(layers: readonly LayerDescription[], model: LayersModel): ModelVariable[] {
  const byName = new Map(model.weights.map((weight) => [weight.originalName, weight]));
  return networkWeights(layers).map((shape) => {
    const weight = byName.get(shape.name);
    if (!weight) throw new Error(`The LayersModel has no ${shape.name}.`);
    return { ...shape, variable: weight.read() as Variable };
  });
}

/** Writes weights into the variables of a model. @throws other-weights */
export function writeVariables(variables: readonly ModelVariable[], weights: readonly NamedTensor[]): void {
  const values = matchWeights(variables, weights);
  tidy(() => {
    for (const [index, { variable, shape }] of variables.entries())
      variable.assign(tensor(values[index] ?? new Float32Array(), [...shape]));
  });
}
