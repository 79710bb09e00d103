import type { NetworkSpec } from '#common/network/network.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { OpenStep } from '../../engine/trainingStep.ts';
import { createPredictor } from '../../training/createPredictor.ts';
import type { Predictor } from '../../training/segmentImage.ts';

/**
 * Makes a network with stored weights ready for inference, runs `body` and frees everything.
 * @param openStep of the engine that is to compute; TensorFlow.js's current backend does without
 */
export async function withPredictor<Result>(
  network: NetworkSpec,
  weights: readonly NamedTensor[],
  body: (predictor: Predictor) => Promise<Result>,
  openStep: OpenStep | null = null,
): Promise<Result> {
  const predictor = await createPredictor(network, weights, { openStep });
  try {
    return await body(predictor);
  } finally {
    await predictor.dispose();
  }
}
