import type { Kernel, ParameterType } from './kernel.ts';
import { overRange } from './ranges.ts';
import { SUM_THREADS, WORKGROUP_SUM } from './workgroupSum.ts';

/** Sums of a range: weighted cross-entropy, p * y, p, foreground pixels, pixels that do not count. */
export const LOSS_SUMS = 5;

const PARAMETERS: Readonly<Record<string, ParameterType>> = {
  pixels: 'u32',
  ranges: 'u32',
  logitsAt: 'u32',
  gradientAt: 'u32',
  foregroundWeight: 'f32',
};

/**
 * exp(x) for x <= 0 and log(1 + t) for t in [0, 1], as in native/step/kernels/loss_kernel.h: WGSL's own may be wrong by more than the
 * loss is compared to, and log(1 + t) loses all digits of a small t.
 */
const PROBABILITY = `
fn expNegative(given_x: f32) -> f32 {
  let x = max(given_x, -87.0);
  let n = i32(x * 1.44269504 - 0.5);
  let f = f32(n);
  let r = (x - f * 0.693359375) + f * 2.12194440e-4;
  var e = 1.0 / 5040.0;
  e = e * r + 1.0 / 720.0;
  e = e * r + 1.0 / 120.0;
  e = e * r + 1.0 / 24.0;
  e = e * r + 1.0 / 6.0;
  e = e * r + 0.5;
  e = e * r + 1.0;
  e = e * r + 1.0;
  return e * bitcast<f32>((n + 127) << 23u);
}
fn logOnePlus(t: f32) -> f32 {
  let u = t / (2.0 + t);
  let s = u * u;
  var sum = 1.0 / 15.0;
  sum = sum * s + 1.0 / 13.0;
  sum = sum * s + 1.0 / 11.0;
  sum = sum * s + 1.0 / 9.0;
  sum = sum * s + 1.0 / 7.0;
  sum = sum * s + 1.0 / 5.0;
  sum = sum * s + 1.0 / 3.0;
  sum = sum * s + 1.0;
  return 2.0 * u * sum;
}
fn probability(d: f32) -> f32 {
  let e = expNegative(-abs(d));
  return select(e, 1.0, d > 0.0) / (1.0 + e);
}`;

/** Masks come four to a word. */
const MARK = `let d = logits[given.logitsAt + given.pixels + p] - logits[given.logitsAt + p];
    let mark = (masks[p >> 2u] >> (8u * (p & 3u))) & 255u;
    let foreground = mark == 1u;
    let counted = select(1.0, 0.0, mark == 2u);`;

/** The sums of the loss of engine/trainingStep.ts over each range of positions. */
export const LOSS_PARTS: Kernel = {
  label: 'loss sums',
  buffers: [
    { name: 'logits', access: 'read' },
    { name: 'masks', access: 'read', element: 'u32' },
    { name: 'parts', access: 'read_write' },
  ],
  parameters: PARAMETERS,
  threads: SUM_THREADS,
  declarations: `${WORKGROUP_SUM}${PROBABILITY}`,
  body: `
  var sums: array<f32, ${LOSS_SUMS}>;
  ${overRange(`${MARK}
    let chance = probability(d);
    let against = select(d, -d, foreground);
    let softplus = max(against, 0.0) + logOnePlus(expNegative(-abs(d)));
    sums[0] += select(counted, given.foregroundWeight, foreground) * softplus;
    sums[1] += select(0.0, chance, foreground);
    sums[2] += counted * chance;
    sums[3] += select(0.0, 1.0, foreground);
    sums[4] += 1.0 - counted;`)}
  for (var i = 0u; i < ${LOSS_SUMS}u; i++) {
    let sum = total(thread, sums[i]);
    if (thread == 0u) { parts[group.x * ${LOSS_SUMS}u + i] = sum; }
  }`,
};

/** The loss, and its gradient for the logits. Every workgroup adds up the sums itself. */
export const LOSS_GRADIENT: Kernel = {
  label: 'loss gradient',
  buffers: [
    { name: 'logits', access: 'read' },
    { name: 'masks', access: 'read', element: 'u32' },
    { name: 'parts', access: 'read' },
    { name: 'gradient', access: 'read_write' },
    { name: 'loss', access: 'read_write' },
  ],
  parameters: PARAMETERS,
  threads: SUM_THREADS,
  declarations: `${WORKGROUP_SUM}${PROBABILITY}`,
  body: `
  var sums: array<f32, ${LOSS_SUMS}>;
  for (var i = 0u; i < ${LOSS_SUMS}u; i++) {
    var sum = 0.0;
    for (var r = thread; r < given.ranges; r += ${SUM_THREADS}u) { sum += parts[r * ${LOSS_SUMS}u + i]; }
    sums[i] = total(thread, sum);
  }
  let counted_ = f32(given.pixels) - sums[4];
  // A batch in which nothing counts teaches nothing.
  let weights = select(counted_ - sums[3] + sums[3] * given.foregroundWeight, 1.0, counted_ == 0.0);
  let overlap = 2.0 * sums[1] + 1.0;
  let extent = sums[2] + sums[3] + 1.0;
  if (group.x == 0u && thread == 0u) { loss[0] = sums[0] / weights + 1.0 - overlap / extent; }
  let inverse = 1.0 / weights;
  let ofBackground = overlap / (extent * extent);
  let ofForeground = ofBackground - 2.0 / extent;
  ${overRange(`${MARK}
    let chance = probability(d);
    let weight = select(counted, given.foregroundWeight, foreground) * inverse;
    let g = weight * (chance - select(0.0, 1.0, foreground))
      + select(counted * ofBackground, ofForeground, foreground) * chance * (1.0 - chance);
    gradient[given.gradientAt + p] = -g;
    gradient[given.gradientAt + given.pixels + p] = g;`)}`,
};

/** Foreground probabilities from logits. */
export const PROBABILITIES: Kernel = {
  label: 'probabilities',
  buffers: [
    { name: 'logits', access: 'read' },
    { name: 'made', access: 'read_write' },
  ],
  parameters: { pixels: 'u32', logitsAt: 'u32' },
  threads: SUM_THREADS,
  declarations: PROBABILITY,
  body: overRange(
    'made[p] = probability(logits[given.logitsAt + given.pixels + p] - logits[given.logitsAt + p]);',
  ),
};
