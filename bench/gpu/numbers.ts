import { readFileSync } from 'node:fs';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import type { NetworkFamily } from '#common/network/network.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { CompiledStep } from '../../src-main/engine/compiled/compiledStep.ts';
import { stepAddon } from '../../src-main/engine/compiled/stepAddon.ts';
import type { OpenStep, TrainingStep } from '../../src-main/engine/trainingStep.ts';
import { describeNetwork } from '../../src-main/network/describeNetwork.ts';
import { effectiveWeights } from '../../test/engine/compiled/effectiveWeights.ts';
import { largestDifference, relativeDifferences } from '../../test/engine/compiled/largestDifference.ts';
import { randomBatch } from '../../test/engine/compiled/randomBatch.ts';
import { stepOrder } from '../../test/engine/compiled/stepOrder.ts';
import { startWeights } from '../../test/engine/vectors/startWeights.ts';
import { distance, type StoredTensor } from '../../test/engine/vectors/storedTensor.ts';
import { CURVE_CASE, GRADIENT_CASES, type VectorCase } from '../../test/engine/vectors/vectorCases.ts';
import { middle } from './middle.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../test/engine/vectors/${name}`, import.meta.url), 'utf8'));

interface StoredCase {
  readonly name: string;
  readonly losses: readonly number[];
  readonly gradients: readonly StoredTensor[];
}

const short = (value: number): string => value.toExponential(1);
const worst = (values: readonly number[]): number => Math.max(...values);

/** After one step Adam's first moment is a tenth of the gradient. */
async function gradientsOf(step: TrainingStep): Promise<NamedTensor[]> {
  return (await step.optimizer())
    .filter(({ name }) => name.endsWith('/m'))
    .map((moment) => ({ ...moment, name: moment.name.slice(0, -2), data: moment.data.map((m) => 10 * m) }));
}

const vectorOrder = ({ layers, foregroundWeight }: VectorCase) => ({
  layers,
  weights: startWeights(layers),
  loss: { foregroundWeight },
  seed: 0,
});

const vectorBatch = ({ images, side, channels }: VectorCase, number: number) =>
  randomBatch(images, side, side, channels, number);

/** How far the first step's loss and gradients are from PyTorch's in double precision, for the device and for native. */
export async function againstVectors(openStep: OpenStep): Promise<string[]> {
  const { cases } = read('torch_gradients.json') as { readonly cases: readonly StoredCase[] };
  const lines: string[] = [];
  for (const options of GRADIENT_CASES) {
    const expected = cases.find(({ name }) => name === options.name);
    if (!expected) continue;
    const found: string[] = [];
    for (const step of [await openStep(vectorOrder(options)), new CompiledStep(vectorOrder(options))]) {
      const loss = await step.run(vectorBatch(options, 1), options.learningRate);
      const byName = new Map((await gradientsOf(step)).map(({ name, data }) => [name, data]));
      const far = expected.gradients.map((tensor) =>
        distance(byName.get(tensor.name) ?? new Float32Array(), tensor, 1e-4),
      );
      await step.dispose();
      const off = Math.abs(loss - (expected.losses[0] ?? Number.NaN));
      found.push(`loss ${short(off)}, gradients median ${short(middle(far))}, worst ${short(worst(far))}`);
    }
    lines.push(`${options.name}: ${found[0]} | native ${found[1]}`);
  }
  return lines;
}

/** How far the losses of 50 steps are from PyTorch's in double precision. */
export async function againstCurve(openStep: OpenStep): Promise<string> {
  const { losses } = read('torch_curve.json') as { readonly losses: readonly number[] };
  const step = await openStep(vectorOrder(CURVE_CASE));
  const differences: number[] = [];
  for (const [index, loss] of losses.entries()) {
    const own = await step.run(vectorBatch(CURVE_CASE, index + 1), CURVE_CASE.learningRate);
    differences.push(Math.abs(own - loss));
  }
  await step.dispose();
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  return (
    `${CURVE_CASE.name}, ${losses.length} steps: first ten within ${short(worst(differences.slice(0, 10)))} (allowed 5e-3), ` +
    `mean ${short(mean)} (5e-3), worst ${short(worst(differences))} (3e-2)`
  );
}

interface NativeCase {
  readonly family: NetworkFamily;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly size: number;
  readonly height: number;
  readonly wide: number;
}

const NATIVE_CASES: readonly NativeCase[] = [
  { family: 'unet', width: 5, channels: 3, size: 3, height: 48, wide: 80 },
  { family: 'unet', width: 16, channels: 1, size: 2, height: 64, wide: 32 },
  { family: 'fcn8s', width: 2, channels: 3, size: 2, height: 64, wide: 96 },
  { family: 'cumedvision', width: 3, channels: 1, size: 3, height: 96, wide: 64 },
];

/** How far a step and a prediction are from native's, pixels that do not count, dropout and odd sizes included. */
export async function againstNative(openStep: OpenStep): Promise<string[]> {
  const lines: string[] = [];
  for (const { family, width, channels, size, height, wide } of NATIVE_CASES) {
    const layers = describeNetwork({ family, width, channels, classes: 2, factor: 1 });
    lines.push(
      `${family} of width ${width}, ${size} images of ${height}x${wide}: ${await compare(openStep, layers, randomBatch(size, height, wide, channels))}`,
    );
  }
  return lines;
}

async function compare(
  openStep: OpenStep,
  layers: readonly LayerDescription[],
  drawn: ReturnType<typeof randomBatch>,
): Promise<string> {
  const batch = { ...drawn, masks: drawn.masks.map((mark, pixel) => (pixel % 7 === 0 ? 2 : mark)) };
  const order = stepOrder(layers, { seed: 11, foregroundWeight: 2 });
  const device = await openStep(order);
  const loss = await device.run(batch, 1e-3);
  const matters = effectiveWeights(layers);
  const own = (await gradientsOf(device)).filter(matters);
  // Where a value is almost zero, rounding decides whether it passes a ReLU, and native's own instruction sets differ: the nearest counts.
  const natives: { readonly differences: number[]; readonly loss: number; readonly predicted: number }[] = [];
  const { images, size, height, width } = batch;
  for (const set of stepAddon().instructionSets()) {
    const native = new CompiledStep(order, set);
    const off = Math.abs(loss - native.run(batch, 1e-3));
    const theirs = (await gradientsOf(native)).filter(matters);
    await device.setWeights(native.weights());
    const predicted = largestDifference(
      await device.predict(images, size, height, width),
      native.predict(images, size, height, width),
    );
    const differences = relativeDifferences(own, theirs, 1e-5).map(({ difference }) => difference);
    natives.push({ loss: off, differences, predicted });
    native.dispose();
  }
  await device.dispose();
  const [nearest] = natives.toSorted((a, b) => worst(a.differences) - worst(b.differences));
  if (!nearest) return 'native has no instruction set here';
  return `loss ${short(nearest.loss)}, gradients median ${short(middle(nearest.differences))}, worst ${short(worst(nearest.differences))}, probabilities ${short(nearest.predicted)}`;
}
