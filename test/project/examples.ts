import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { type Complexity, MEASURES } from '#common/dataset/complexity.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { type Checkpoint, type NamedTensor } from '#common/training/training.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { NewDataset } from '../../src-main/project/records/datasets.ts';
import type { NewImage } from '../../src-main/project/records/images.ts';

/** Small valid records, to be varied by tests. */
export const exampleNetwork: NetworkSpec = {
  family: 'unet',
  width: 16,
  channels: 3,
  classes: 2,
  factor: 0.25,
};

export const exampleDataset: NewDataset = {
  name: 'GlaS',
  root: process.platform === 'win32' ? 'C:\\data\\glas' : '/data/glas',
  kind: 'folder',
  convention: 'masks end in _anno',
  fingerprint: 'f'.repeat(64),
  channels: 3,
  splitMode: 'hashed',
  grouping: null,
};

export function exampleImage(number: number, changes: Partial<NewImage> = {}): NewImage {
  return {
    name: `train_${number}`,
    image: `train_${number}.bmp`,
    masks: [`train_${number}_anno.bmp`],
    page: 0,
    width: 775,
    height: 522,
    channels: 3,
    bitDepth: 8,
    maskReading: 'instances',
    foreground: 0.5,
    imageHash: String(number).padStart(64, 'a'),
    maskHash: String(number).padStart(64, 'b'),
    givenSplit: null,
    split: 'train',
    group: null,
    ...changes,
  };
}

/** Values that tell `value` apart from others, and that an image can have. */
export function exampleComplexity(value: number): Complexity {
  const complexity: Partial<Complexity> = {};
  for (const measure of MEASURES) complexity[measure] = value / 10;
  return complexity as Complexity;
}

export function exampleRun(changes: Partial<CalibrationRun> = {}): CalibrationRun {
  return {
    datasetFingerprint: 'c'.repeat(64),
    datasetName: 'GlaS',
    trainingImages: 85,
    network: exampleNetwork,
    parameters: 122_586,
    recipe: DEFAULT_RECIPE,
    seed: 1,
    fold: null,
    engine: 'native 0.1.0',
    testDice: 0.81,
    testIou: 0.7,
    testDiceWorking: 0.83,
    testImages: 80,
    validationDice: 0.8,
    learnt: true,
    trainingSeconds: 12.5,
    finishedAt: '2026-11-20T10:00:00.000Z',
    excluded: null,
    ...changes,
  };
}

/** A tensor in which every value is `value`. */
export function filledTensor(name: string, shape: readonly number[], value: number): NamedTensor {
  const length = shape.reduce((product, side) => product * side, 1);
  return { name, shape, data: new Float32Array(length).fill(value) };
}

/** The state after `epoch`, told by every number in it; the best epoch is the last multiple of 3. */
export function exampleCheckpoint(epoch: number, valuesPerTensor = 12): Checkpoint {
  const bestEpoch = epoch - (epoch % 3);
  const tensors = (value: number): NamedTensor[] => [
    filledTensor('conv/kernel', [3, valuesPerTensor / 3], value),
    filledTensor('conv/bias', [5], value + 0.5),
  ];
  return {
    epoch,
    step: epoch * 20,
    bestValidationDice: bestEpoch / (bestEpoch + 1),
    bestEpoch,
    history: Array.from({ length: epoch }, (_, index) => ({
      epoch: index + 1,
      loss: 1 / (index + 1),
      validationDice: 0.5,
      learningRate: 0.003,
      seconds: 1.5,
      imagesPerSecond: 100,
    })),
    weights: tensors(epoch),
    bestWeights: tensors(bestEpoch),
    optimizer: [...tensors(epoch * 10), ...tensors(epoch * 100)],
    randomState: [epoch, 2 ** 32 - 1, 7, 9],
  };
}
