import type { NetworkSpec } from '#common/network/network.ts';
import { type TrainingRecipe } from '#common/training/training.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { MeasuredStep } from '../../src-main/trainingCost/fitStepCost.ts';
import { stepWork, type StepWork } from '../../src-main/trainingCost/stepWork.ts';
import { weighted } from '../../src-main/trainingCost/fitStepCost.ts';
import type { ImageSize, TrainingLoad } from '../../src-main/trainingCost/trainingLoad.ts';

/** A U-Net of base width 64. */
export function unet(factor: number): NetworkSpec {
  return { family: 'unet', width: 64, channels: 3, classes: 2, factor };
}

/** Milliseconds per unit of work on a machine that does not exist. */
export const RATES: StepWork = { fixed: 2, macs: 1e-7, values: 4e-6, parameters: 1e-5, inputs: 3e-5 };

/** A step as it would be measured on a machine with those rates, multiplied by `noise`. */
export function measured(network: NetworkSpec, crop: number, batch: number, noise = 1): MeasuredStep {
  return {
    network,
    crop,
    batch,
    milliseconds: noise * weighted(RATES, stepWork(network, { batch, height: crop, width: crop })),
  };
}

export const RECIPE: TrainingRecipe = { ...DEFAULT_RECIPE, epochs: 10, stepsPerEpoch: 20 };

const squares = (count: number, side = 256): ImageSize[] =>
  Array.from({ length: count }, () => ({ width: side, height: side }));

/** A dataset of square images of 256 pixels that costs nothing to read. */
export function load(changes: Partial<TrainingLoad> = {}): TrainingLoad {
  return {
    channels: 3,
    images: { train: squares(20), validation: squares(4), test: squares(6) },
    loadSeconds: 0,
    decodedBytes: 0,
    ...changes,
  };
}
