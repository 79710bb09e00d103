import type { NetworkSpec } from '../contract/network.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
import { networkCost } from '../network/networkCost.ts';

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

/** Side of the image on which work is counted; it is proportional to pixels. A size that every family takes. */
const COUNTED_SIDE = 32;

/** Work of a training step on `pixels` pixels: batch x crop x crop. */
export function stepWork(network: NetworkSpec, pixels: number): StepWork {
  const { macs, parameters } = networkCost(network, COUNTED_SIDE, COUNTED_SIDE);
  const values = describeNetwork(network).reduce(
    (sum, { channels, reduction }) => sum + channels / reduction ** 2,
    0,
  );
  return {
    fixed: 1,
    macs: (macs / COUNTED_SIDE ** 2) * pixels,
    values: values * pixels,
    parameters,
    inputs: network.channels * pixels,
  };
}
