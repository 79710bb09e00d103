/**
 * Measures the compiled training step of the base U-Net, and PyTorch's beside it in the same run:
 * `node bench/trainingStep.ts [--alphas 1/32,1/16] [--shapes 128x8,256x1] [--threads N] [--rounds 5] [--python PATH]`.
 * A shape is the side of the image and the batch. PyTorch: `python3 -m venv DIR && DIR/bin/pip install torch
 * numpy`, then `--python DIR/bin/python`. The two take turns, round by round. A round's time is that of its fastest
 * step, so that other work on the machine disturbs both alike; printed are the fastest round, and the median and
 * range of the rounds' ratios. PyTorch runs in both memory formats; the faster one is compared. Memory is what
 * training adds to the process: for PyTorch the peak over what it held before the model was made.
 * `--tfjs` adds tfjs-node, where `ccnet devices setup-cuda` (with `--allow-cpu` for one without CUDA) has set it up, and on a small
 * case TensorFlow.js's own JavaScript backend, which needs nothing.
 */
import { parseArgs } from 'node:util';
import { loadAddon } from '../src-main/engine/loadAddon.ts';
import { CompiledStep } from '../src-main/engine/compiled/compiledStep.ts';
import { stepAddon } from '../src-main/engine/compiled/stepAddon.ts';
import { describeNetwork } from '../src-main/network/describeNetwork.ts';
import { firstWeights } from '../src-main/network/firstWeights.ts';
import { networkCost } from '../src-main/network/networkCost.ts';
import { randomBatch } from '../test/engine/compiled/randomBatch.ts';
import { compareSmallCase, compareTfjs, tfjsNode } from './peers/tfjsPeers.ts';
import { TorchPeer, type MemoryFormat } from './peers/torchPeer.ts';

const { values } = parseArgs({
  options: {
    alphas: { type: 'string', default: '1/32,1/16,1/8,1/4,1/2,1' },
    shapes: { type: 'string', default: '128x8,256x1' },
    threads: { type: 'string', default: String(stepAddon().threadCount()) },
    rounds: { type: 'string', default: '5' },
    python: { type: 'string' },
    tfjs: { type: 'boolean', default: false },
  },
});
const [threads, rounds] = [Number(values.threads), Number(values.rounds)];
const FORMATS: readonly MemoryFormat[] = ['channels_last', 'contiguous_format'];

const { multiplyAddLoop } = loadAddon<{ multiplyAddLoop: (iterations: number) => number }>();
let peak = 0;

/**
 * Floating-point operations a second of independent multiply-adds in registers, all threads: the most of all calls, as one falls
 * short while other work takes a core.
 */
function measurePeak(): number {
  for (let i = 0; i < 200; i++) {
    const begin = performance.now();
    const operations = multiplyAddLoop(20_000);
    peak = Math.max(peak, operations / ((performance.now() - begin) / 1000));
  }
  return peak;
}

function fastest(run: () => unknown, milliseconds: number): number {
  let best = Infinity;
  for (let total = 0, runs = 0; total < milliseconds || runs < 2; runs++) {
    const begin = performance.now();
    run();
    const elapsed = performance.now() - begin;
    best = Math.min(best, elapsed);
    total += elapsed;
  }
  return best;
}

interface Configuration {
  readonly alpha: string;
  readonly size: number;
  readonly batch: number;
}

/** The middle of some ratios, with the least and the largest. */
function summary(ratios: readonly number[]): string {
  const sorted = ratios.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(2);
  return `${at(0.5)} (${at(0)} to ${at(1)})`;
}

async function startPeers(width: number, size: number, batch: number): Promise<TorchPeer[]> {
  const { python } = values;
  if (python === undefined) return [];
  const peers = FORMATS.map((format) => ({ format, peer: new TorchPeer(python) }));
  for (const { format, peer } of peers) await peer.make({ width, size, batch, threads, format });
  return peers.map(({ peer }) => peer);
}

function specOf(alpha: string) {
  const [over, under = '1'] = alpha.split('/');
  return {
    family: 'unet',
    width: 64,
    channels: 3,
    classes: 2,
    factor: Number(over) / Number(under),
  } as const;
}

async function measure({ alpha, size, batch: batchSize }: Configuration): Promise<string> {
  const spec = specOf(alpha);
  const layers = describeNetwork(spec);
  const loss = { foregroundWeight: 1.5 };
  const step = new CompiledStep({ layers, weights: firstWeights(layers, 1), loss, seed: 1 });
  const weightBytes = step.weights().reduce((sum, { data }) => sum + 4 * data.byteLength, 0);
  const batch = randomBatch(batchSize, size, size, 3);
  const peers = await startPeers(64 * spec.factor, size, batchSize);
  const train: number[] = [];
  const predict: number[] = [];
  const theirs = { train: [] as number[], predict: [] as number[], bytes: Infinity };
  for (let round = 0; round < rounds; round++) {
    train.push(fastest(() => step.run(batch, 1e-3), 200));
    predict.push(fastest(() => step.predict(batch.images, batchSize, size, size), 100));
    const steps = round === 0 ? 4 : 3;
    const training: number[] = [];
    const inference: number[] = [];
    for (const peer of peers) {
      const trained = await peer.run('run', steps);
      training.push(...trained.milliseconds);
      inference.push(...(await peer.run('predict', steps)).milliseconds);
      theirs.bytes = Math.min(theirs.bytes, trained.peakBytes - trained.idleBytes);
    }
    theirs.train.push(Math.min(...training));
    theirs.predict.push(Math.min(...inference));
  }
  const best = { train: Math.min(...train), predict: Math.min(...predict) };
  // A training step does the work of three forward passes: the pass itself and both gradients.
  const operations = 6 * networkCost(spec, size, size).macs * batchSize;
  const rate = operations / (best.train / 1000);
  const columns = [
    `${size}x${size} batch ${batchSize}`.padEnd(17),
    `alpha ${alpha}`.padEnd(11),
    `train ${best.train.toFixed(1)} ms`.padEnd(18),
    `${((batchSize * 1000) / best.train).toFixed(0)} images/s`.padEnd(15),
    `${(rate / 1e9).toFixed(0)} GFLOP/s (${((100 * rate) / measurePeak()).toFixed(0)} % of peak)`.padEnd(28),
    `predict ${best.predict.toFixed(1)} ms`.padEnd(18),
    `${((step.arenaBytes + weightBytes) / 2 ** 20).toFixed(0)} MiB`,
  ];
  step.dispose();
  if (peers.length > 0) {
    const times = [theirs.train, theirs.predict].map((all) => `${Math.min(...all).toFixed(1)} ms`);
    const ratios = (mine: number[], other: number[]) =>
      summary(other.map((time, i) => time / (mine[i] ?? NaN)));
    columns.push(
      `| PyTorch ${times.join(', ')}, ${(theirs.bytes / 2 ** 20).toFixed(0)} MiB`,
      `| ratio ${ratios(train, theirs.train)} training, ${ratios(predict, theirs.predict)} inference`,
    );
  }
  for (const peer of peers) peer.close();
  return columns.join(' ');
}

stepAddon().setThreadCount(threads);
const node = values.tfjs ? tfjsNode(threads) : '';
console.log(`${threads} threads; multiply-add peak ${(measurePeak() / 1e9).toFixed(0)} GFLOP/s`);
for (const shape of values.shapes.split(',')) {
  const [size = NaN, batch = NaN] = shape.split('x').map(Number);
  for (const alpha of values.alphas.split(',')) {
    console.log(await measure({ alpha, size, batch }));
    if (typeof node === 'string') continue;
    for (const line of await compareTfjs(specOf(alpha), { size, batch, rounds }, [node])) console.log(line);
  }
}
if (values.tfjs) {
  if (typeof node === 'string') console.log(node);
  for (const line of await compareSmallCase(rounds, node)) console.log(line);
}
