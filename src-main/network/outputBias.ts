import { tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NetworkSpec } from '#common/network/network.ts';
import { describeNetwork } from './describeNetwork.ts';

/**
 * Sets the biases that are added to the logits of every pixel: those of the head, or of the last of the classifiers
 * that are summed.
 * @param bias one number per class
 */
export function setOutputBias(model: LayersModel, spec: NetworkSpec, bias: readonly number[]): void {
  const last = describeNetwork(spec).at(-1);
  const name = last?.kind === 'add' ? last.inputs.at(-1) : last?.name;
  const layer = model.getLayer(name ?? 'logits');
  const [kernel] = layer.getWeights();
  if (!kernel) throw new Error(`${layer.name} has no kernel.`);
  tidy(() => layer.setWeights([kernel, tensor1d([...bias])]));
}
