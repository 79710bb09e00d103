import type { NetworkSpec } from '../contract/network.ts';
import type { NamedTensor } from '../contract/training.ts';
import { restoreNetwork } from '../network/buildNetwork.ts';
import { createTrainingStep, type StepKind } from './createTrainingStep.ts';
import type { Predictor } from './segmentImage.ts';

/**
 * A stored network ready to segment images on TensorFlow.js's current backend. The caller disposes it.
 * @throws Error when the weights are another network's.
 */
export function createPredictor(
  spec: NetworkSpec,
  weights: readonly NamedTensor[],
  kind: StepKind = 'auto',
): Predictor & { readonly implementation: string; dispose(): void } {
  const model = restoreNetwork(spec, weights);
  const step = createTrainingStep(model, { foregroundWeight: 1 }, kind);
  return {
    implementation: step.implementation,
    predict: (images, size, height, width) => step.predict(images, size, height, width),
    dispose: () => {
      step.dispose();
      model.dispose();
    },
  };
}
