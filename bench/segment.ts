/**
 * Measures inference of the base U-Net, what `ccnet segment` spends its time on, and onnxruntime's native CPU provider beside it on the file that
 * the product exports of the same network, with the same threads:
 * `node bench/segment.ts --python PATH [--alphas 1/32,1/16,1/8,1/4] [--side 256] [--width 64] [--threads N] [--rounds 7]`.
 * onnxruntime: `python3 -m venv DIR && DIR/bin/pip install onnxruntime numpy`, then `--python DIR/bin/python`. The two take turns, round by round; a
 * round's time is that of its fastest image, so that other work on the machine disturbs both alike. Printed are the fastest round of each, the
 * median and range of the rounds' ratios (above 1: the product is faster), and the largest difference of their probabilities.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CompiledStep } from '../src-main/engine/compiled/compiledStep.ts';
import { stepAddon } from '../src-main/engine/compiled/stepAddon.ts';
import { networkToOnnx } from '../src-main/export/onnx/networkToOnnx.ts';
import { describeNetwork } from '../src-main/network/describeNetwork.ts';
import { randomBatch } from '../test/engine/compiled/randomBatch.ts';
import { stepOrder } from '../test/engine/compiled/stepOrder.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    alphas: { type: 'string', default: '1/32,1/16,1/8,1/4' },
    side: { type: 'string', default: '256' },
    width: { type: 'string', default: '64' },
    threads: { type: 'string', default: String(stepAddon().threadCount()) },
    rounds: { type: 'string', default: '7' },
  },
});
const [side, width, threads, rounds] = [values.side, values.width, values.threads, values.rounds].map(
  Number,
) as [number, number, number, number];
/** Images of a round of either side. */
const IMAGES = 8;

stepAddon().setThreadCount(threads);
const folder = mkdtempSync(join(tmpdir(), 'ccnet-bench-'));
const peer = spawn(values.python, [fileURLToPath(new URL('peers/onnxruntime_segment.py', import.meta.url))]);
peer.stderr.pipe(process.stderr);
const lines = createInterface(peer.stdout);

async function ask(command: object): Promise<{ milliseconds: number; version: string }> {
  peer.stdin.write(`${JSON.stringify(command)}\n`);
  const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(300_000) })) as [string];
  return JSON.parse(line) as { milliseconds: number; version: string };
}

function fastest(run: () => unknown): number {
  let best = Infinity;
  for (let image = 0; image < IMAGES; image += 1) {
    const begin = performance.now();
    run();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

const factorOf = (text: string): number => {
  const [over = 1, under = 1] = text.split('/').map(Number);
  return over / under;
};
const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

try {
  console.log(`U-Net of width ${width}, one image of ${side} x ${side}, ${threads} threads`);
  for (const alpha of values.alphas.split(',')) {
    const layers = describeNetwork({
      family: 'unet',
      width,
      channels: 1,
      classes: 2,
      factor: factorOf(alpha),
    });
    const order = stepOrder(layers, { seed: 1 });
    const step = new CompiledStep(order);
    const { images } = randomBatch(1, side, side, 1, 3);
    const [model, input, output] = ['network.onnx', 'input.f32', 'output.f32'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    const about = { producer: { name: 'bench', version: '1' }, description: 'bench', metadata: {} };
    writeFileSync(model, networkToOnnx({ name: 'unet', layers, weights: order.weights }, about));
    writeFileSync(input, new Uint8Array(images.buffer, images.byteOffset, images.byteLength));
    const { version } = await ask({ command: 'open', model, input, output, side, threads });
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(fastest(() => step.predict(images, 1, side, side)));
      theirs.push((await ask({ command: 'run', images: IMAGES })).milliseconds);
    }
    const bytes = readFileSync(output);
    const answer = new Float32Array(bytes.buffer, bytes.byteOffset, side * side);
    const own = step.predict(images, 1, side, side);
    const difference = own.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (answer[at] ?? 1))),
      0,
    );
    step.dispose();
    const ratios = theirs.map((time, round) => time / (ours[round] ?? 1));
    console.log(
      [
        alpha.padEnd(5),
        `ours ${Math.min(...ours).toFixed(2)} ms`,
        `onnxruntime ${version} ${Math.min(...theirs).toFixed(2)} ms`,
        `ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
        `difference ${difference.toExponential(1)}`,
      ].join('  '),
    );
  }
} finally {
  peer.stdin.end();
  rmSync(folder, { recursive: true });
}
