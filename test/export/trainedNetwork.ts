import type { NetworkFamily } from '#common/network/network.ts';
import { CompiledStep } from '../../src-main/engine/compiled/compiledStep.ts';
import type { ExportedNetwork } from '../../src-main/export/exportedNetwork.ts';
import type { VerificationImage } from '../../src-main/export/verification.ts';
import { describeNetwork } from '../../src-main/network/describeNetwork.ts';
import { randomBatch } from '../engine/compiled/randomBatch.ts';
import { stepOrder } from '../engine/compiled/stepOrder.ts';

export interface Trained {
  readonly network: ExportedNetwork;
  /** What the network says of noise, at two sizes. */
  readonly images: readonly VerificationImage[];
}

/** A narrow network after a few steps, so that no weight is what it began as, batch norm's averages included. */
export function trainedNetwork(family: NetworkFamily, channels: 1 | 3): Trained {
  const layers = describeNetwork({ family, width: 4, channels, classes: 2, factor: 0.5 });
  const step = new CompiledStep(stepOrder(layers, { seed: 2 }));
  for (let seed = 1; seed <= 5; seed++) step.run(randomBatch(2, 64, 64, channels, seed), 1e-2);
  const images = [
    [32, 64],
    [96, 32],
  ].map(([height = 0, width = 0]): VerificationImage => {
    const { images: image } = randomBatch(1, height, width, channels, 9);
    return { height, width, channels, image, foreground: step.predict(image, 1, height, width) };
  });
  const weights = step.weights();
  step.dispose();
  return { network: { name: family, layers, weights }, images };
}
