import type { NetworkSpec } from '#common/network/network.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { OpenStep } from '../engine/trainingStep.ts';
import { restoreNetwork } from '../network/buildNetwork.ts';
import type { StepKind } from './createTrainingStep.ts';
import { openTrainingStep } from './openTrainingStep.ts';
import type { Predictor } from './segmentImage.ts';

export interface PredictorOptions {
  readonly stepKind?: StepKind;
  /** Leads to a device outside this process; without it, TensorFlow.js's current backend computes. */
  readonly openStep?: OpenStep | null;
}

/**
 * A stored network ready to segment images. The caller disposes it.
 * @throws Error when the weights are another network's.
 */
export async function createPredictor(
  spec: NetworkSpec,
  weights: readonly NamedTensor[],
  { stepKind = 'auto', openStep = null }: PredictorOptions = {},
): Promise<Predictor & { readonly implementation: string; dispose(): Promise<void> }> {
  const model = restoreNetwork(spec, weights);
  const step = await openTrainingStep({
    spec,
    model,
    loss: { foregroundWeight: 1 },
    seed: 0,
    stepKind,
    openStep,
  });
  return {
    implementation: step.implementation,
    predict: (images, size, height, width) => step.predict(images, size, height, width),
    dispose: async () => {
      await step.dispose();
      model.dispose();
    },
  };
}
