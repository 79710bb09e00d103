/**
 * Measures the compiled training step of the base U-Net, and PyTorch's beside it in the same run:
 * `node bench/trainingStep.ts [--alphas 1/32,1/16] [--size 128] [--batch 8] [--threads N] [--rounds 5] [--python PATH]`.
 * PyTorch: `python3 -m venv DIR && DIR/bin/pip install torch numpy`, then `--python DIR/bin/python`.
 * The two take turns, round by round, and the fastest step of each counts, so that other work on the machine
 * disturbs both alike. PyTorch runs in both memory formats; the faster one is compared.
 * `--tfjs` adds tfjs-node, where `ccnet devices setup-cuda` (with `--allow-cpu` for one without CUDA) has set it up, and on a small case
 * TensorFlow.js's own JavaScript backend, which needs nothing.
 */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { parseArgs } from 'node:util';
import { loadAddon } from '../native/loadAddon.ts';
import { compileStep } from '../src-main/engine/compiled/compileStep.ts';
import { stepAddon } from '../src-main/engine/compiled/stepAddon.ts';
import { buildNetwork } from '../src-main/network/buildNetwork.ts';
import { networkCost } from '../src-main/network/networkCost.ts';
import { randomBatch } from '../test/engine/compiled/randomBatch.ts';
import { compareSmallCase, compareTfjs, tfjsNode } from './peers/tfjsPeers.ts';
import { TorchPeer, type MemoryFormat } from './peers/torchPeer.ts';

const { values } = parseArgs({
  options: {
    alphas: { type: 'string', default: '1/32,1/16,1/8,1/4,1/2,1' },
    size: { type: 'string', default: '128' },
    batch: { type: 'string', default: '8' },
    threads: { type: 'string', default: String(stepAddon().threadCount()) },
    rounds: { type: 'string', default: '5' },
    python: { type: 'string' },
    tfjs: { type: 'boolean', default: false },
  },
});
const [size, batchSize, threads, rounds] = [values.size, values.batch, values.threads, values.rounds].map(
  Number,
) as [number, number, number, number];
const FORMATS: readonly MemoryFormat[] = ['channels_last', 'contiguous_format'];

/** Floating-point operations a second of independent multiply-adds in registers, all threads. */
function measurePeak(): number {
  const { multiplyAddLoop } = loadAddon<{ multiplyAddLoop: (iterations: number) => number }>();
  let best = 0;
  for (let i = 0; i < 200; i++) {
    const begin = performance.now();
    const operations = multiplyAddLoop(20_000);
    best = Math.max(best, operations / ((performance.now() - begin) / 1000));
  }
  return best;
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

stepAddon().setThreadCount(threads);
const node = values.tfjs ? tfjsNode(threads) : '';
await setBackend('cpu');
const peak = measurePeak();
console.log(
  `${threads} threads, ${size}x${size}, batch ${batchSize}; multiply-add peak ${(peak / 1e9).toFixed(0)} GFLOP/s`,
);
const batch = randomBatch(batchSize, size, size, 3);
for (const text of values.alphas.split(',')) {
  const [over, under = '1'] = text.split('/');
  const alpha = Number(over) / Number(under);
  const spec = { family: 'unet', width: 64, channels: 3, classes: 2, factor: alpha } as const;
  const model = buildNetwork(spec, 1);
  const step = compileStep(model, { foregroundWeight: 1.5 });
  const weightBytes = step.weights().reduce((sum, { data }) => sum + 4 * data.byteLength, 0);
  model.dispose();
  const peers = values.python === undefined ? [] : FORMATS.map(() => new TorchPeer(values.python ?? ''));
  for (const [index, peer] of peers.entries()) {
    await peer.make({
      width: 64 * alpha,
      size,
      batch: batchSize,
      threads,
      format: FORMATS[index] ?? 'channels_last',
    });
  }
  const ours = { train: Infinity, predict: Infinity };
  const theirs = { train: Infinity, predict: Infinity, bytes: Infinity };
  for (let round = 0; round < rounds; round++) {
    ours.train = Math.min(
      ours.train,
      fastest(() => step.run(batch, 1e-3), 200),
    );
    ours.predict = Math.min(
      ours.predict,
      fastest(() => step.predict(batch.images, batchSize, size, size), 50),
    );
    for (const peer of peers) {
      const training = await peer.run('run', round === 0 ? 3 : 2);
      const inference = await peer.run('predict', round === 0 ? 3 : 2);
      theirs.train = Math.min(theirs.train, ...training.milliseconds);
      theirs.predict = Math.min(theirs.predict, ...inference.milliseconds);
      theirs.bytes = Math.min(theirs.bytes, training.peakBytes);
    }
  }
  // A training step does the work of three forward passes: the pass itself and both gradients.
  const operations = 6 * networkCost(spec, size, size).macs * batchSize;
  const rate = operations / (ours.train / 1000);
  const columns = [
    `alpha ${text}`.padEnd(11),
    `train ${ours.train.toFixed(1)} ms`.padEnd(18),
    `${((batchSize * 1000) / ours.train).toFixed(0)} images/s`.padEnd(15),
    `${(rate / 1e9).toFixed(0)} GFLOP/s (${((100 * rate) / peak).toFixed(0)} % of peak)`.padEnd(28),
    `predict ${ours.predict.toFixed(1)} ms`.padEnd(18),
    `${((step.arenaBytes + weightBytes) / 2 ** 20).toFixed(0)} MiB`,
  ];
  if (peers.length > 0) {
    columns.push(
      `| PyTorch ${theirs.train.toFixed(1)} ms, ${theirs.predict.toFixed(1)} ms, ${(theirs.bytes / 2 ** 20).toFixed(0)} MiB resident`,
      `| ratio ${(theirs.train / ours.train).toFixed(2)} training, ${(theirs.predict / ours.predict).toFixed(2)} inference`,
    );
  }
  console.log(columns.join(' '));
  for (const peer of peers) peer.close();
  step.dispose();
  if (typeof node !== 'string') {
    for (const line of await compareTfjs(spec, { size, batch: batchSize, rounds }, [node])) console.log(line);
  }
}
if (values.tfjs) {
  if (typeof node === 'string') console.log(node);
  for (const line of await compareSmallCase(rounds, node)) console.log(line);
}
