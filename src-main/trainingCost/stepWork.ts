import type { NetworkSpec } from '#common/network/network.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import { trainableWeights } from '#common/network/layerWeights.ts';
import { layerMacs } from '../network/networkCost.ts';

/** Amounts of the kinds of work that one training step consists of; its time is a weighted sum of them. */
export interface StepWork {
  /** 1: what every step costs, whatever it computes. */
  readonly fixed: number;
  /** Multiply-accumulates of the forward pass; those of the backward pass are proportional. */
  readonly macs: number;
  /** Values of all feature maps that are written: memory traffic, which narrow networks are bound by. */
  readonly values: number;
  /** Trained parameters: Adam, and repacking of the kernels. */
  readonly parameters: number;
  /** Values of the input: cutting and augmenting the crops. */
  readonly inputs: number;
}

export const WORK_KINDS = [
  'fixed',
  'macs',
  'values',
  'parameters',
  'inputs',
] as const satisfies readonly (keyof StepWork)[];

/** What goes through the network at once. */
export interface InputShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Work of a training step on a batch. The engine computes on feature maps with a row and a column of zeros more
 * (native/step/plan/layout.h), which makes small maps dearer than their pixels: 16 pixels of a 4x4 map cost as much as 25.
 */
export function stepWork(network: NetworkSpec, { batch, height, width }: InputShape): StepWork {
  const layers = describeNetwork(network);
  /** Pixels of the input that the padded maps of a reduction stand for. */
  const pixels = (reduction: number): number => batch * (height + reduction) * (width + reduction);
  const sum = (count: (layer: LayerDescription) => number): number =>
    layers.reduce((total, layer) => total + count(layer), 0);
  return {
    fixed: 1,
    macs: sum((layer) => layerMacs(layer, pixels(readReduction(layer)))),
    values: sum(({ channels, reduction }) => (channels * pixels(reduction)) / reduction ** 2),
    parameters: sum(trainableWeights),
    inputs: network.channels * batch * height * width,
  };
}

/** A transposed convolution computes at the size of its input. */
function readReduction(layer: LayerDescription): number {
  return layer.kind === 'transposed' ? layer.reduction * layer.stride : layer.reduction;
}
