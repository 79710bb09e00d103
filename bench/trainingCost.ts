/**
 * Fits the forecast to a few measured training steps, as a first calibration does, and compares it with whole trainings of five
 * configurations that it has not seen: `node bench/trainingCost.ts [--threads N] [--rounds 2]`. Seen and unseen take turns, round
 * by round, and the fastest of each counts, so that other work on the machine disturbs both alike.
 */
import { parseArgs } from 'node:util';
import type { SampleSource } from '#common/dataset/dataset.ts';
import { formatFactor } from '#common/network/factor.ts';
import type { NetworkFamily, NetworkSpec } from '#common/network/network.ts';
import { type TrainingRecipe } from '#common/training/training.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { openEngine } from '../src-main/engine/openEngine.ts';
import { fitStepCost, stepMilliseconds } from '../src-main/trainingCost/fitStepCost.ts';
import { forecastTraining } from '../src-main/trainingCost/forecastTraining.ts';
import { measureStep } from '../src-main/trainingCost/measureStep.ts';
import type { TrainingLoad } from '../src-main/trainingCost/trainingLoad.ts';
import { Random } from '#common/random.ts';
import { trainNetwork } from '../src-main/training/trainNetwork.ts';

const { values } = parseArgs({
  options: { threads: { type: 'string' }, rounds: { type: 'string', default: '2' } },
});

const SIDE = 192;
const TRAIN = 12;
const VALIDATION = 4;

interface Configuration {
  readonly network: NetworkSpec;
  readonly recipe: TrainingRecipe;
}

function configuration(
  family: NetworkFamily,
  width: number,
  factor: number,
  crop: number,
  batch: number,
): Configuration {
  return {
    network: { family, width, channels: 3, classes: 2, factor },
    recipe: {
      ...DEFAULT_RECIPE,
      workingSide: SIDE,
      crop,
      batch,
      epochs: 2,
      // Enough that memory touched for the first time does not count for more than in a real training.
      stepsPerEpoch: factor > 0.25 ? 15 : 30,
      foregroundWeight: 'none',
    },
  };
}

const SEEN = [
  configuration('unet', 64, 1 / 32, 128, 8),
  configuration('unet', 64, 1 / 4, 64, 8),
  configuration('unet', 64, 1, 64, 2),
  configuration('unet', 64, 1 / 8, 96, 2),
  configuration('unet', 64, 1 / 16, 64, 4),
  configuration('unet', 64, 1 / 2, 96, 2),
];
const UNSEEN = [
  configuration('unet', 64, 1 / 16, 128, 8),
  configuration('unet', 64, 1 / 8, 128, 4),
  configuration('unet', 64, 1 / 4, 128, 2),
  configuration('unet', 64, 1 / 2, 64, 4),
  configuration('unet', 16, 1 / 8, 160, 6),
];

/** Discs on noise, so that trainings learn something and are not begun again. */
function discs(length: number, seed: number): SampleSource {
  const random = Random.fromSeed(seed);
  const samples = Array.from({ length }, (_, index) => {
    const [x, y, radius] = [random.below(SIDE), random.below(SIDE), 30 + random.below(40)];
    const mask = Uint8Array.from({ length: SIDE * SIDE }, (_, i) =>
      Math.hypot((i % SIDE) - x, Math.floor(i / SIDE) - y) < radius ? 1 : 0,
    );
    const image = Float32Array.from(
      { length: SIDE * SIDE * 3 },
      (_, i) => 0.7 * (mask[Math.floor(i / 3)] ?? 0) + (0.3 * random.below(1000)) / 1000,
    );
    return { name: String(index), width: SIDE, height: SIDE, channels: 3 as const, image, mask };
  });
  return {
    length,
    channels: 3,
    load: (index) => {
      const sample = samples[index];
      return sample ? Promise.resolve(sample) : Promise.reject(new RangeError(`No sample ${index}.`));
    },
  };
}

/** Seconds of a training, and of one attempt when it was begun again. */
async function train({ network, recipe }: Configuration): Promise<number> {
  const [training, validation] = [discs(TRAIN, 1), discs(VALIDATION, 2)];
  const started = performance.now();
  const trained = await trainNetwork({
    engine,
    spec: network,
    recipe,
    seed: 1,
    train: training,
    validation,
  });
  return (performance.now() - started) / 1000 / trained.attempts;
}

const threads = values.threads === undefined ? undefined : Number(values.threads);
const engine = await openEngine('native', { threads });
const steps = SEEN.map(() => Infinity);
const trainings = UNSEEN.map(() => Infinity);
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [i, { network, recipe }] of SEEN.entries())
    steps[i] = Math.min(steps[i] ?? Infinity, await measureStep(engine, network, recipe));
  for (const [i, unseen] of UNSEEN.entries())
    trainings[i] = Math.min(trainings[i] ?? Infinity, await train(unseen));
}
const cost = fitStepCost(
  SEEN.map(({ network, recipe: { crop, batch } }, i) => ({
    network,
    crop,
    batch,
    milliseconds: steps[i] ?? Infinity,
  })),
);
if (!cost) throw new Error('Nothing was measured.');

const describe = ({ network, recipe: { crop, batch } }: Configuration): string =>
  `${network.family} ${network.width} x ${formatFactor(network.factor)}, ${crop}x${crop}, batch ${batch}`.padEnd(
    38,
  );
const percent = (share: number): string => `${(100 * (share - 1)).toFixed(0)} %`.padStart(7);

console.log(
  `${engine.version}; rates in ms: ${JSON.stringify(cost.rates)}; spread ${cost.spread.toFixed(2)}`,
);
console.log(`\n${'measured steps'.padEnd(38)} measured     model   error`);
const modelled = { ...cost, measured: new Map<string, number>() };
for (const [i, seen] of SEEN.entries()) {
  const { crop, batch } = seen.recipe;
  const model = stepMilliseconds(modelled, { network: seen.network, crop, batch });
  const real = steps[i] ?? Infinity;
  console.log(
    `${describe(seen)} ${real.toFixed(1).padStart(6)} ms ${model.toFixed(1).padStart(6)} ms ${percent(model / real)}`,
  );
}
const square = (count: number) => Array.from({ length: count }, () => ({ width: SIDE, height: SIDE }));
const load: TrainingLoad = {
  channels: 3,
  images: { train: square(TRAIN), validation: square(VALIDATION), test: [] },
  loadSeconds: 0,
  decodedBytes: 0,
};
console.log(`\n${'unseen trainings'.padEnd(38)} measured  forecast   error   range`);
for (const [i, unseen] of UNSEEN.entries()) {
  const { seconds, low, high } = forecastTraining(cost, unseen.network, unseen.recipe, load, {
    peakBytes: null,
  });
  const real = trainings[i] ?? Infinity;
  console.log(
    `${describe(unseen)} ${real.toFixed(2).padStart(6)} s  ${seconds.toFixed(2).padStart(6)} s ${percent(seconds / real)}   ${low.toFixed(2)} to ${high.toFixed(2)} s`,
  );
}
