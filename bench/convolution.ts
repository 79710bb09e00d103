/**
 * Measures every convolution of a U-Net in training, forward and both gradients, against the processor's fp32 peak:
 * `node bench/convolution.ts [--width 32] [--size 128] [--batch 8] [--threads N] [--set avx2] [--cpu-time]`.
 * The peak is a loop of independent multiply-adds in registers on all threads, sampled before every layer; shares refer
 * to the best sample. On a machine that others use, wall time says little: `--cpu-time` counts this process's processor
 * time on one thread, for layers and peak alike, and so tells the efficiency of the kernels but not their scaling.
 */
import { parseArgs } from 'node:util';
import { loadAddon } from '../native/loadAddon.ts';
import {
  convolutionGeometry,
  type ConvolutionGeometry,
  type ConvolutionKernels,
  type InstructionSet,
} from '../native/tensor/convolutionKernels.ts';

const GROUP_SECONDS = 0.04;

interface Layer {
  readonly name: string;
  readonly geometry: ConvolutionGeometry;
  /** A transposed convolution: its forward pass is the input gradient. */
  readonly transposed: boolean;
}

function square(batch: number, size: number, inChannels: number, outChannels: number): ConvolutionGeometry {
  return {
    ...{ batch, inHeight: size, inWidth: size, inChannels, outHeight: size, outWidth: size, outChannels },
    ...{
      filterHeight: 3,
      filterWidth: 3,
      strideHeight: 1,
      strideWidth: 1,
      dilationHeight: 1,
      dilationWidth: 1,
    },
    ...{ padTop: 1, padLeft: 1 },
  };
}

function unetLayers(batch: number, size: number, width: number): Layer[] {
  const layers: Layer[] = [];
  const add = (name: string, geometry: ConvolutionGeometry, transposed = false): void => {
    layers.push({ name: `${name} ${geometry.inHeight}px`, geometry, transposed });
  };
  for (let level = 0; level < 5; level++) {
    const channels = width * 2 ** level;
    const pixels = size / 2 ** level;
    add(`down${level}a`, square(batch, pixels, level === 0 ? 3 : channels / 2, channels));
    add(`down${level}b`, square(batch, pixels, channels, channels));
  }
  for (let level = 3; level >= 0; level--) {
    const channels = width * 2 ** level;
    const pixels = size / 2 ** level;
    const up: ConvolutionGeometry = {
      ...square(batch, pixels, channels, channels * 2),
      ...{ outHeight: pixels / 2, outWidth: pixels / 2, filterHeight: 2, filterWidth: 2 },
      ...{ strideHeight: 2, strideWidth: 2, padTop: 0, padLeft: 0 },
    };
    add(`up${level}`, up, true);
    add(`up${level}a`, square(batch, pixels, channels * 2, channels));
    add(`up${level}b`, square(batch, pixels, channels, channels));
  }
  const head = { filterHeight: 1, filterWidth: 1, padTop: 0, padLeft: 0 };
  add('head', { ...square(batch, size, width, 2), ...head });
  return layers;
}

type Clock = () => number;
const wallSeconds: Clock = () => performance.now() / 1000;
const cpuSeconds: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Seconds per run, the best of several groups of runs that each take at least `least` seconds. */
function fastest(run: () => void, clock: Clock, least: number): number {
  run();
  let best = Infinity;
  for (let group = 0; group < 5; group++) {
    const begin = clock();
    let runs = 0;
    do {
      run();
      runs++;
    } while (clock() - begin < least);
    best = Math.min(best, (clock() - begin) / runs);
  }
  return best;
}

/** Groups as long as those of the layers: a shorter one would find quiet moments that no layer can have. */
function sampledPeak(kernels: ConvolutionKernels, clock: Clock): number {
  const iterations = 2e5;
  const operations = kernels.multiplyAddLoop(iterations);
  return operations / fastest(() => kernels.multiplyAddLoop(iterations), clock, GROUP_SECONDS);
}

const random = (length: number): Float32Array => Float32Array.from({ length }, () => Math.random() - 0.5);

function measure(
  kernels: ConvolutionKernels,
  layer: Layer,
  clock: Clock,
): { operations: number; seconds: number[] } {
  const g = layer.geometry;
  const geometry = convolutionGeometry(g);
  const x = random(g.batch * g.inHeight * g.inWidth * g.inChannels);
  const filter = random(g.filterHeight * g.filterWidth * g.inChannels * g.outChannels);
  const y = random(g.batch * g.outHeight * g.outWidth * g.outChannels);
  const out = { x: x.slice(), filter: filter.slice(), y: y.slice() };
  const convolve = fastest(() => kernels.conv2d(x, filter, out.y, geometry), clock, GROUP_SECONDS);
  const back = fastest(() => kernels.conv2dInputGradient(y, filter, out.x, geometry), clock, GROUP_SECONDS);
  const byFilter = fastest(
    () => kernels.conv2dFilterGradient(x, y, out.filter, geometry),
    clock,
    GROUP_SECONDS,
  );
  const operations = 2 * y.length * g.filterHeight * g.filterWidth * g.inChannels;
  return { operations, seconds: layer.transposed ? [back, convolve, byFilter] : [convolve, back, byFilter] };
}

const { values } = parseArgs({
  options: {
    width: { type: 'string', default: '32' },
    size: { type: 'string', default: '128' },
    batch: { type: 'string', default: '8' },
    threads: { type: 'string' },
    set: { type: 'string' },
    'cpu-time': { type: 'boolean', default: false },
  },
});
const kernels = loadAddon<ConvolutionKernels>();
const clock = values['cpu-time'] ? cpuSeconds : wallSeconds;
// Idle workers spin for a moment, which is processor time but no work: on that clock there must be none.
if (values['cpu-time']) kernels.setThreadCount(1);
else if (values.threads !== undefined) kernels.setThreadCount(Number(values.threads));
if (values.set !== undefined) kernels.setInstructionSet(values.set as InstructionSet);

const peaks: number[] = [];
const results = unetLayers(Number(values.batch), Number(values.size), Number(values.width)).map((layer) => {
  peaks.push(sampledPeak(kernels, clock));
  return { layer, ...measure(kernels, layer, clock) };
});
peaks.push(sampledPeak(kernels, clock));
const peak = Math.max(...peaks);

const cell = (operations: number, seconds: number): string =>
  `${(operations / seconds / 1e9).toFixed(0)} (${((100 * operations) / seconds / peak).toFixed(0)} %)`.padStart(
    14,
  );
const row = (name: string, operations: number, seconds: readonly number[]): void => {
  console.log(name.padEnd(26) + seconds.map((part) => cell(operations, part)).join(''));
};
console.log(
  `${kernels.instructionSet()}, ${kernels.threadCount()} threads, ${values['cpu-time'] ? 'processor' : 'wall'} time; ` +
    `peak ${(peak / 1e9).toFixed(0)} GFLOP/s, samples ${(Math.min(...peaks) / 1e9).toFixed(0)} to ${(peak / 1e9).toFixed(0)}`,
);
if (Math.min(...peaks) < 0.8 * peak) {
  console.log(
    'The peak varied by more than a fifth: other processes ran, and the shares below are not to be trusted.',
  );
}
console.log(
  `U-Net of width ${values.width}, ${values.size}x${values.size}, batch ${values.batch}; GFLOP/s (share of peak)`,
);
console.log(`${''.padEnd(26)}${'forward'.padStart(14)}${'input'.padStart(14)}${'filter'.padStart(14)}`);
const total = [0, 0, 0];
let operations = 0;
for (const result of results) {
  const { layer } = result;
  const { inChannels, outChannels } = layer.geometry;
  operations += result.operations;
  result.seconds.forEach((part, i) => (total[i] = (total[i] ?? 0) + part));
  const channels = layer.transposed ? `${outChannels}>${inChannels}` : `${inChannels}>${outChannels}`;
  row(`${layer.name} ${channels}`, result.operations, result.seconds);
}
row('all', operations, total);
const seconds = total.reduce((sum, part) => sum + part, 0);
console.log(
  `one step: ${((3 * operations) / 1e9).toFixed(1)} GFLOP in ${(seconds * 1000).toFixed(0)} ms, ` +
    `${cell(3 * operations, seconds).trim()} of peak`,
);
