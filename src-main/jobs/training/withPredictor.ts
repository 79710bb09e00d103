import type { NetworkSpec } from '#common/network/network.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { Engine } from '../../engine/Engine.ts';
import { createPredictor } from '../../training/createPredictor.ts';
import type { Predictor } from '../../training/segmentImage.ts';

/** Makes a network with stored weights ready for inference on an engine, runs `body` and frees everything. */
export async function withPredictor<Result>(
  engine: Engine,
  network: NetworkSpec,
  weights: readonly NamedTensor[],
  body: (predictor: Predictor) => Promise<Result>,
): Promise<Result> {
  const predictor = await createPredictor(engine, network, weights);
  try {
    return await body(predictor);
  } finally {
    await predictor.dispose();
  }
}
