import '@tensorflow/tfjs-backend-cpu';
import { env } from '@tensorflow/tfjs-core';
import type { NetworkSpec } from '#common/network/network.ts';
import { CompiledStep } from '../../src-main/engine/compiled/compiledStep.ts';
import { loadTensorflow, TENSORFLOW_BACKEND } from '../../src-main/engine/tensorflow/loadTensorflow.ts';
import type { LocalTrainingStep, StepOrder } from '../../src-main/engine/trainingStep.ts';
import { describeNetwork } from '../../src-main/network/describeNetwork.ts';
import { firstWeights } from '../../src-main/network/firstWeights.ts';
import { TapeStep } from '../../src-main/engine/tape/tapeStep.ts';
import { randomBatch } from '../../test/engine/compiled/randomBatch.ts';

/** A case that TensorFlow.js's backend in plain JavaScript finishes: the others are a thousand times as large. */
const SMALL_CASE = { size: 32, batch: 2, factor: 1 / 32 } as const;

interface Runner {
  readonly name: string;
  readonly make: (order: StepOrder) => LocalTrainingStep;
}

const OURS: Runner = { name: 'ours', make: (order) => new CompiledStep(order) };
const onTape = (name: string, backend: string): Runner => ({
  name,
  make: (order) => new TapeStep(order, backend),
});

/** tfjs-node on the TensorFlow that this user has set up, or why there is none and how to get it. */
export function tfjsNode(threads: number): Runner | string {
  try {
    const { version, gpu } = loadTensorflow(threads);
    return onTape(`tfjs-node (TensorFlow ${version}, ${gpu ? 'GPU' : 'CPU'})`, TENSORFLOW_BACKEND);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `tfjs-node is left out. ${reason} To have it: ccnet devices setup-cuda --python PYTHON --allow-cpu`;
  }
}

/**
 * Times the step of other backends of TensorFlow.js beside ours in this process: they take turns, the fastest of `rounds` counts.
 * @returns a line for each
 */
export async function compareTfjs(
  spec: NetworkSpec,
  { size, batch, rounds }: { readonly size: number; readonly batch: number; readonly rounds: number },
  peers: readonly Runner[],
): Promise<string[]> {
  env().set('PROD', true);
  const data = randomBatch(batch, size, size, 3);
  const layers = describeNetwork(spec);
  const order = { layers, weights: firstWeights(layers, 1), loss: { foregroundWeight: 1.5 }, seed: 1 };
  const runs = [OURS, ...peers].map((runner) => ({
    runner,
    step: runner.make(order),
    train: Infinity,
    predict: Infinity,
  }));
  // The first round also compiles, loads and fills pools.
  for (let round = 0; round <= rounds; round++) {
    for (const run of runs) {
      const train = milliseconds(() => run.step.run(data, 1e-3));
      const predict = milliseconds(() => run.step.predict(data.images, batch, size, size));
      if (round === 0) continue;
      run.train = Math.min(run.train, train);
      run.predict = Math.min(run.predict, predict);
    }
  }
  const [ours, ...others] = runs;
  return others.map(
    ({ runner, train, predict }) =>
      `  ${runner.name} train ${train.toFixed(1)} ms, predict ${predict.toFixed(1)} ms | ours ${ours?.train.toFixed(1)} ms, ` +
      `${ours?.predict.toFixed(1)} ms | ratio ${(train / (ours?.train ?? NaN)).toFixed(1)} training, ${(predict / (ours?.predict ?? NaN)).toFixed(1)} inference`,
  );
}

/** Beside the JavaScript backend, on the one case that it finishes. */
export async function compareSmallCase(rounds: number, node: Runner | string): Promise<string[]> {
  const { size, batch, factor } = SMALL_CASE;
  const spec = { family: 'unet', width: 64, channels: 3, classes: 2, factor } as const;
  const javascript = onTape('TensorFlow.js cpu', 'cpu');
  const peers = typeof node === 'string' ? [javascript] : [node, javascript];
  return [
    `alpha 1/32, ${size}x${size}, batch ${batch}`,
    ...(await compareTfjs(spec, { size, batch, rounds }, peers)),
  ];
}

const milliseconds = (run: () => unknown): number => {
  const begin = performance.now();
  run();
  return performance.now() - begin;
};
