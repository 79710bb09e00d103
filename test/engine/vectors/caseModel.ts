import { initializers, type LayersModel } from '@tensorflow/tfjs-layers';
import { assembleLayers } from '../../../src-main/network/assembleLayers.ts';
import { setModelWeights } from '../../../src-main/network/modelWeights.ts';
import { startWeights } from './startWeights.ts';
import type { VectorCase } from './vectorCases.ts';

/** The network of a vector case with its starting weights. */
export function caseModel({ name, layers }: VectorCase): LayersModel {
  const model = assembleLayers(name.replaceAll(' ', '-'), layers, 0, () => initializers.zeros());
  const start = new Map(startWeights(layers).map((weight) => [weight.name, weight]));
  setModelWeights(
    model,
    model.weights.map(({ originalName }) => {
      const weight = start.get(originalName);
      if (!weight) throw new Error(`${originalName} has no starting values.`);
      return weight;
    }),
  );
  return model;
}
