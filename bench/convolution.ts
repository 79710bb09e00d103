/**
 * Measures every convolution of a U-Net in training, forward and both gradients, against the processor's fp32 peak:
 * `node bench/convolution.ts [--width 32] [--size 128] [--batch 8] [--threads N] [--set avx2]`.
 * The peak is a loop of independent multiply-adds in registers on all threads, measured in the same run.
 */
import { parseArgs } from 'node:util';
import { loadAddon } from '../native/loadAddon.ts';
import {
  convolutionGeometry,
  type ConvolutionGeometry,
  type ConvolutionKernels,
  type InstructionSet,
} from '../native/tensor/convolutionKernels.ts';

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

/** Seconds of the fastest of several runs: the machine may be shared. */
function fastest(run: () => void, least = 0.1): number {
  run();
  let best = Infinity;
  for (let total = 0, runs = 0; total < least || runs < 3; runs++) {
    const begin = performance.now();
    run();
    const seconds = (performance.now() - begin) / 1000;
    best = Math.min(best, seconds);
    total += seconds;
  }
  return best;
}

function peakOperationsPerSecond(kernels: ConvolutionKernels): number {
  // About a millisecond per run: short enough that some runs meet no other process.
  const iterations = 2e5;
  const operations = kernels.multiplyAddLoop(iterations);
  return operations / fastest(() => kernels.multiplyAddLoop(iterations), 1);
}

const random = (length: number): Float32Array => Float32Array.from({ length }, () => Math.random() - 0.5);

function measure(kernels: ConvolutionKernels, layer: Layer): { operations: number; seconds: number[] } {
  const g = layer.geometry;
  const geometry = convolutionGeometry(g);
  const x = random(g.batch * g.inHeight * g.inWidth * g.inChannels);
  const filter = random(g.filterHeight * g.filterWidth * g.inChannels * g.outChannels);
  const y = random(g.batch * g.outHeight * g.outWidth * g.outChannels);
  const out = { x: x.slice(), filter: filter.slice(), y: y.slice() };
  const convolve = fastest(() => kernels.conv2d(x, filter, out.y, geometry));
  const back = fastest(() => kernels.conv2dInputGradient(y, filter, out.x, geometry));
  const byFilter = fastest(() => kernels.conv2dFilterGradient(x, y, out.filter, geometry));
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
  },
});
const kernels = loadAddon<ConvolutionKernels>();
if (values.threads !== undefined) kernels.setThreadCount(Number(values.threads));
if (values.set !== undefined) kernels.setInstructionSet(values.set as InstructionSet);

const peak = peakOperationsPerSecond(kernels);
const cell = (operations: number, seconds: number): string =>
  `${(operations / seconds / 1e9).toFixed(0)} (${((100 * operations) / seconds / peak).toFixed(0)} %)`.padStart(
    14,
  );
console.log(
  `${kernels.instructionSet()}, ${kernels.threadCount()} threads, peak ${(peak / 1e9).toFixed(0)} GFLOP/s; ` +
    `U-Net of width ${values.width}, ${values.size}x${values.size}, batch ${values.batch}`,
);
console.log(
  `${'GFLOP/s (share of peak)'.padEnd(26)}${'forward'.padStart(14)}${'input'.padStart(14)}${'filter'.padStart(14)}`,
);
const total = [0, 0, 0];
let operations = 0;
for (const layer of unetLayers(Number(values.batch), Number(values.size), Number(values.width))) {
  const { inChannels, outChannels } = layer.geometry;
  const result = measure(kernels, layer);
  operations += result.operations;
  result.seconds.forEach((seconds, i) => (total[i] = (total[i] ?? 0) + seconds));
  const name = `${layer.name} ${layer.transposed ? `${outChannels}>${inChannels}` : `${inChannels}>${outChannels}`}`;
  console.log(name.padEnd(26) + result.seconds.map((seconds) => cell(result.operations, seconds)).join(''));
}
console.log('all'.padEnd(26) + total.map((seconds) => cell(operations, seconds)).join(''));
const seconds = total.reduce((sum, part) => sum + part, 0);
console.log(
  `one step: ${((3 * operations) / 1e9).toFixed(1)} GFLOP in ${(seconds * 1000).toFixed(0)} ms, ` +
    `${cell(3 * operations, seconds).trim()} of peak`,
);
