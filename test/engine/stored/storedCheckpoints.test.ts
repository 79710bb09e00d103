import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { NetworkSpec } from '#common/network/network.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { largestDifference } from '../compiled/largestDifference.ts';
import { randomBatch } from '../compiled/randomBatch.ts';

interface Packed {
  readonly name: string;
  readonly shape: readonly number[];
  /** Little-endian float32 in base64. */
  readonly values: string;
}

/** What native 0.2.0 stored after three steps, in the order of its LayersModel, and what it computed next. */
interface Stored {
  readonly spec: NetworkSpec;
  readonly seed: number;
  readonly foregroundWeight: number;
  readonly weights: readonly Packed[];
  readonly optimizer: readonly Packed[];
  /** Of two more steps, on the batches 4 and 5. */
  readonly losses: readonly number[];
  /** Every sixteenth of the probabilities of batch 9, 32 x 64, with the stored weights. */
  readonly probabilities: string;
}

const file = join(import.meta.dirname, 'checkpoints_0_2_0.json');
const stored = JSON.parse(readFileSync(file, 'utf8')) as readonly Stored[];

const floats = (text: string): Float32Array => {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
};
const unpack = (tensors: readonly Packed[]): NamedTensor[] =>
  tensors.map(({ name, shape, values }) => ({ name, shape, data: floats(values) }));

it.each(stored)('goes on from a checkpoint of $spec.family that native 0.2.0 stored', (entry) => {
  const { spec, seed, foregroundWeight, losses } = entry;
  const { channels } = spec;
  const weights = unpack(entry.weights);
  const step = new CompiledStep({ layers: describeNetwork(spec), weights, loss: { foregroundWeight }, seed });
  const { images } = randomBatch(1, 32, 64, channels, 9);
  const probabilities = step.predict(images, 1, 32, 64).filter((_, i) => i % 16 === 0);
  expect(largestDifference(probabilities, floats(entry.probabilities))).toBeLessThan(1e-6);
  step.setOptimizer(unpack(entry.optimizer));
  for (const [i, loss] of losses.entries())
    expect(step.run(randomBatch(2, 64, 64, channels, 4 + i), 1e-2)).toBeCloseTo(loss, 5);
  step.dispose();
});
