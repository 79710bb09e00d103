/**
 * All that is to be known of the compiled step on WebGPU, in one command:
 * `node bench/gpuStep.ts [--python PATH] [--alphas 1/32,1/4,1] [--shape 128x8] [--side 512] [--parts counts,numbers,curve,speed,kernels] [--software]`.
 *
 * - counts: dispatches, traffic and memory of a step of the base U-Net against the least possible, and processor time to encode and submit
 *   it, on Dawn's backend without a device: no card is needed.
 * - numbers: loss, gradients and predictions against native and against PyTorch's stored vectors, all three networks; curve: 50 steps.
 * - speed: this device, native on all cores, TensorFlow.js's webgpu backend, and PyTorch (`--python`, one with torch and CUDA), milliseconds
 *   of a step and of an inference, and ratios. A software adapter is left out of it unless `--software` asks for it.
 * - kernels: where the time of a step goes, kernel by kernel, with the rates that each reaches; not of a software adapter either.
 *
 * Without a card: `VK_DRIVER_FILES` names the driver file of SwiftShader (Chromium's package has one).
 */
import { parseArgs } from 'node:util';
import { parseFactor } from '#common/network/factor.ts';
import { CompiledStep } from '../src-main/engine/compiled/compiledStep.ts';
import { stepAddon } from '../src-main/engine/compiled/stepAddon.ts';
import type { OpenStep } from '../src-main/engine/trainingStep.ts';
import { openDawnHost } from '../src-main/engine/webgpu/dawnHost.ts';
import type { WebgpuHost } from '../src-main/engine/webgpu/webgpuHost.ts';
import { describeNetwork } from '../src-main/network/describeNetwork.ts';
import { firstWeights } from '../src-main/network/firstWeights.ts';
import { randomBatch } from '../test/engine/compiled/randomBatch.ts';
import { countStep } from './gpu/countStep.ts';
import { encodingTime } from './gpu/encodingTime.ts';
import { kernelTimes } from './gpu/kernelTimes.ts';
import { againstCurve, againstNative, againstVectors } from './gpu/numbers.ts';
import { timePredictions, timeSteps } from './gpu/timeSteps.ts';
import { torchGpu, type TorchRow } from './gpu/torchGpu.ts';
import { tfjsGpu } from './peers/tfjsGpu.ts';

const { values } = parseArgs({
  options: {
    alphas: { type: 'string', default: '1/32,1/16,1/8,1/4,1/2,1' },
    shape: { type: 'string', default: '128x8' },
    side: { type: 'string', default: '512' },
    parts: { type: 'string', default: 'counts,numbers,curve,speed,kernels' },
    python: { type: 'string' },
    software: { type: 'boolean', default: false },
  },
});
const WIDTH = 64;
const CHANNELS = 3;
/** Milliseconds that a timing may take. */
const ENOUGH = 1500;
const [size = 128, batch = 8] = values.shape.split('x').map(Number);
const side = Number(values.side);
const alphas = values.alphas.split(',');
const parts = new Set(values.parts.split(','));

const networkOf = (alpha: string) =>
  describeNetwork({
    family: 'unet',
    width: WIDTH,
    channels: CHANNELS,
    classes: 2,
    factor: parseFactor(alpha),
  });
const shape = { size: batch, height: size, width: size };

function tell(columns: readonly string[]): void {
  console.log(columns.map((column) => column.padStart(11)).join(' '));
}

async function counts(): Promise<void> {
  console.log(`\nCounts: U-Net of base width ${WIDTH}, ${size}x${size}, batch ${batch}`);
  tell(['alpha', 'dispatches', 'kernels', 'MB moved', 'least MB', 'ratio', 'GMAC', 'memory MB', 'encode ms']);
  for (const alpha of alphas) {
    const layers = networkOf(alpha);
    const step = countStep(layers, shape);
    // The backend without a device takes no larger buffer. What is encoded is the same at every width.
    const encode = step.largestBytes <= 2 ** 27 ? (await encodingTime(layers, shape)).toFixed(2) : '-';
    tell([
      alpha,
      String(step.dispatches),
      String(step.kernels),
      (step.bytes / 1e6).toFixed(0),
      (step.leastBytes / 1e6).toFixed(0),
      (step.bytes / step.leastBytes).toFixed(2),
      (step.multiplyAdds / 1e9).toFixed(2),
      (step.memoryBytes / 1e6).toFixed(0),
      encode,
    ]);
  }
}

async function numbers(openStep: OpenStep): Promise<void> {
  console.log(
    "\nAgainst PyTorch's vectors in double precision, relative (norm of the difference over the norm)",
  );
  for (const line of await againstVectors(openStep)) console.log(`  ${line}`);
  console.log('\nAgainst native, relative to the largest value of each tensor');
  for (const line of await againstNative(openStep)) console.log(`  ${line}`);
}

const milliseconds = (value: number | undefined): string =>
  value === undefined ? '-' : value.toPrecision(3);
const ratio = (of: number, to: number | undefined): string =>
  to === undefined ? '-' : `${(to / of).toPrecision(2)}x`;

async function speed(host: WebgpuHost): Promise<void> {
  if (host.software && !values.software) {
    console.log(
      '\nSpeed: left out, because this adapter is computed by the processor (--software times it all the same).',
    );
    return;
  }
  const widths = alphas.map((alpha) => WIDTH * parseFactor(alpha));
  const torch = values.python
    ? torchGpu(values.python, { widths, size, batch, side })
    : 'no --python was given';
  const rows: readonly TorchRow[] = typeof torch === 'string' ? [] : torch.rows;
  console.log(
    `\nPyTorch: ${typeof torch === 'string' ? `left out: ${torch}` : `${torch.torch} on ${torch.card}`}`,
  );
  const tfjs = await tfjsGpu();
  if (typeof tfjs === 'string') console.log(`TensorFlow.js webgpu: left out: ${tfjs}`);
  const threads = stepAddon().threadCount();
  console.log(`Milliseconds, and how many times as long the others take; native with ${threads} threads`);
  tell(['alpha', 'what', 'webgpu', 'native', '', 'tfjs', '', 'torch', '', 'CUDA graph', '']);
  for (const [index, alpha] of alphas.entries()) {
    const layers = networkOf(alpha);
    const order = { layers, weights: firstWeights(layers, 1), loss: { foregroundWeight: 1.5 }, seed: 1 };
    const data = randomBatch(batch, size, size, CHANNELS);
    const openers = [
      host.openStep,
      () => Promise.resolve(new CompiledStep(order)),
      ...(typeof tfjs === 'string' ? [] : [tfjs]),
    ];
    const train: number[] = [];
    const predict: number[] = [];
    for (const open of openers) {
      const step = await open(order);
      train.push(await timeSteps(step, data, ENOUGH));
      predict.push(await timePredictions(step, side, CHANNELS, ENOUGH));
      await step.dispose();
    }
    const row = rows[index];
    const print = (
      what: string,
      [own = NaN, native, other]: readonly number[],
      torchTimes: readonly (number | undefined)[],
    ) => {
      const peers = [native, other, ...torchTimes];
      tell([
        alpha,
        what,
        milliseconds(own),
        ...peers.flatMap((peer) => [milliseconds(peer), ratio(own, peer)]),
      ]);
    };
    print('step', train, [row?.eager, row?.graph]);
    print(`${side}x${side}`, predict, [row?.predict, row?.predictGraph]);
  }
}

async function kernels(host: WebgpuHost): Promise<void> {
  if (host.software && !values.software) return;
  for (const alpha of alphas) {
    console.log(`\nKernels of a step at ${alpha}, each dispatch by itself`);
    const times = await kernelTimes(networkOf(alpha), shape, host.software ? 1 : 20);
    const total = times.reduce((sum, { milliseconds: time }) => sum + time, 0);
    console.log(`${milliseconds(total)} ms altogether`);
    for (const { label, dispatches, milliseconds: time, multiplyAdds, bytes } of times.slice(0, 12)) {
      const rates = `${(multiplyAdds / time / 5e5).toPrecision(3)} GFLOP/s, ${(bytes / time / 1e6).toPrecision(3)} GB/s`;
      console.log(
        `${milliseconds(time).padStart(9)} ms  ${String(dispatches).padStart(3)} x ${label}: ${rates}`,
      );
    }
  }
}

if (parts.has('counts')) await counts();
if (['numbers', 'curve', 'speed', 'kernels'].some((part) => parts.has(part))) {
  const host = await openDawnHost();
  console.log(`\nDevice: ${host.name}${host.software ? ', computed by the processor' : ''}`);
  if (parts.has('numbers')) await numbers(host.openStep);
  if (parts.has('curve'))
    console.log(`\nLosses against PyTorch in double precision: ${await againstCurve(host.openStep)}`);
  if (parts.has('speed')) await speed(host);
  if (parts.has('kernels')) await kernels(host);
  host.close();
}
