import type { NetworkSpec } from '../contract/network.ts';
import type { NamedTensor } from '../contract/training.ts';
import { buildNetwork } from '../network/buildNetwork.ts';
import { createTrainingStep } from '../training/createTrainingStep.ts';
import type { Predictor } from '../training/segmentImage.ts';

/** Builds a network with stored weights for inference on the current engine, runs `body` and frees everything. */
export async function withPredictor<Result>(
  network: NetworkSpec,
  weights: readonly NamedTensor[],
  body: (predictor: Predictor) => Promise<Result>,
): Promise<Result> {
  const model = buildNetwork(network, 0);
  const step = createTrainingStep(model, { foregroundWeight: 1 });
  try {
    step.setWeights(weights);
    return await body(step);
  } finally {
    step.dispose();
    model.dispose();
  }
}
