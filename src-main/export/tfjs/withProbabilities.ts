import { layers, model as buildModel, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** The deployed form of a trained network: the same weights, with the softmax that turns logits into probabilities. */
export function withProbabilities(model: LayersModel): LayersModel {
  const logits = model.outputs[0];
  if (!logits) throw new Error('The network has no output.');
  const probabilities = layers
    .activation({ activation: 'softmax', name: 'probabilities' })
    .apply(logits) as SymbolicTensor;
  return buildModel({ inputs: model.inputs, outputs: probabilities, name: model.name });
}
