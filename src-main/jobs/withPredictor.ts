import type { NetworkSpec } from '../contract/network.ts';
import type { NamedTensor } from '../contract/training.ts';
import { createPredictor } from '../training/createPredictor.ts';
import type { Predictor } from '../training/segmentImage.ts';

/** Makes a network with stored weights ready for inference, runs `body` and frees everything. */
export async function withPredictor<Result>(
  network: NetworkSpec,
  weights: readonly NamedTensor[],
  body: (predictor: Predictor) => Promise<Result>,
): Promise<Result> {
  const predictor = createPredictor(network, weights);
  try {
    return await body(predictor);
  } finally {
    predictor.dispose();
  }
}
