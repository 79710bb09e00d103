/**
 * Throughput of the whole complexity recipe, J included, on synthetic RGB images of 512 x 512:
 *   node bench/complexity.ts [--python PATH] [--side 512] [--images 16] [--rounds 7]
 * With --python, an interpreter that has scikit-image, SciPy and Pillow, the same measures there, round about with ours.
 * Images per second of processor time say what one core does, even on a busy machine; images per second of wall-clock time
 * say what the machine does, if it is idle. Both are medians of the rounds.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { loadAddon } from '../src-main/engine/loadAddon.ts';
import { measureBatch } from '../src-main/complexity/measureBatch.ts';
import type { WorkingSample } from '#common/dataset/dataset.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    side: { type: 'string', default: '512' },
    images: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '7' },
  },
});
const [side, count, rounds] = [Number(values.side), Number(values.images), Number(values.rounds)];
const addon = loadAddon<{ threadCount: () => number; setThreadCount: (count: number) => void }>();

/** Textured discs on a shaded, noisy background: about a quarter foreground in some forty objects. */
function tissue(seed: number): WorkingSample {
  let state = seed;
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const image = new Float32Array(side * side * 3);
  const mask = new Uint8Array(side * side);
  const discs = Array.from({ length: 45 }, () => ({
    x: random() * side,
    y: random() * side,
    r: (0.01 + 0.05 * random()) * side,
  }));
  for (const { x: cx, y: cy, r } of discs) {
    for (let y = Math.max(0, Math.ceil(cy - r)); y < Math.min(side, cy + r); y++) {
      for (let x = Math.max(0, Math.ceil(cx - r)); x < Math.min(side, cx + r); x++) {
        if (Math.hypot(x - cx, y - cy) < r) mask[y * side + x] = 1;
      }
    }
  }
  for (let p = 0; p < side * side; p++) {
    const shade = 0.6 + 0.15 * Math.sin((p % side) / 40) + 0.1 * (random() - 0.5);
    const stain = mask[p] ? 0.35 + 0.1 * Math.sin(p / 3) : 0;
    image.set([shade - stain, shade - 1.2 * stain, shade - 0.5 * stain], 3 * p);
  }
  return { name: `tissue ${seed}`, width: side, height: side, channels: 3, image, mask };
}

const samples = Array.from({ length: count }, (_, seed) => tissue(seed));

/** Seconds that one round over all images took. */
interface Times {
  readonly wall: number;
  readonly processor: number;
}

async function ours(threads: number): Promise<Times> {
  addon.setThreadCount(threads);
  sharp.concurrency(threads);
  const start = performance.now();
  const before = process.cpuUsage();
  // One thread: image by image, so that kernels and encoder do not run side by side.
  if (threads === 1) for (const sample of samples) await measureBatch([sample]);
  else await measureBatch(samples);
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1e3, processor: (user + system) / 1e6 };
}

/** Starts the peer on the same images; each call of the result gives the seconds of one round. */
async function startPeer(python: string): Promise<{ round: () => Promise<Times>; stop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-bench-'));
  const file = join(folder, 'images.bin');
  const bytes = (array: Int32Array | Float32Array | Uint8Array) =>
    Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  const parts = [
    Int32Array.of(count, side, side, 3),
    ...samples.map((s) => s.image),
    ...samples.map((s) => s.mask),
  ];
  writeFileSync(file, Buffer.concat(parts.map(bytes)));
  const script = fileURLToPath(new URL('peers/skimage_complexity.py', import.meta.url));
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const peer = spawn(python, [script, file], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
  if ((await lines.next()).value !== 'ready') throw new Error(`${python} did not start ${script}.`);
  const round = async (): Promise<Times> => {
    peer.stdin.write('\n');
    const [wall = NaN, processor = NaN] = String((await lines.next()).value)
      .split(' ')
      .map(Number);
    return { wall, processor };
  };
  const stop = (): void => {
    peer.stdin.end();
    rmSync(folder, { recursive: true });
  };
  return { round, stop };
}

const median = (list: number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? NaN;
const rate = (times: Times[], of: keyof Times): number => count / median(times.map((time) => time[of]));

const cores = addon.threadCount();
const times: Record<'one' | 'all' | 'peer', Times[]> = { one: [], all: [], peer: [] };
const peer = values.python === undefined ? undefined : await startPeer(values.python);
await ours(cores);
for (let round = 0; round < rounds; round++) {
  times.one.push(await ours(1));
  times.all.push(await ours(cores));
  if (peer) times.peer.push(await peer.round());
}
peer?.stop();

const row = (name: string, of: Times[]): string =>
  `${name.padEnd(24)}${rate(of, 'processor').toFixed(1).padStart(16)}${rate(of, 'wall').toFixed(1).padStart(16)}`;
console.log(
  `${side} x ${side} RGB, whole recipe, median of ${rounds} rounds of ${count} images; images per second of`,
);
console.log(`${''.padEnd(24)}${'processor time'.padStart(16)}${'wall-clock time'.padStart(16)}`);
console.log(row('ccnet, 1 thread', times.one));
console.log(row(`ccnet, ${cores} threads`, times.all));
if (peer) {
  console.log(row('scikit-image + Pillow', times.peer));
  const ratio = (of: keyof Times, mine: Times[]): string =>
    (rate(mine, of) / rate(times.peer, of)).toFixed(1);
  console.log(`ratio per core ${ratio('processor', times.one)}, whole machine ${ratio('wall', times.all)}`);
}
