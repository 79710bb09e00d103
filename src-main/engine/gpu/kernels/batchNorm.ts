import type { Kernel, KernelBuffer } from './kernel.ts';
import { overRange, RANGE } from './ranges.ts';
import { SUM_THREADS, WORKGROUP_SUM } from './workgroupSum.ts';

/** Floats that are kept of each channel from the forward to the backward pass: scale, shift, mean, 1 / deviation. */
export const KEPT = 4;

const read = (name: string): KernelBuffer => ({ name, access: 'read' });
const written = (name: string): KernelBuffer => ({ name, access: 'read_write' });

/** Sum and squared deviations from the mean of each range of each channel: no cancellation between large sums. */
export const NORM_MOMENTS: Kernel = {
  label: 'norm moments',
  buffers: [read('source'), written('moments')],
  parameters: { pixels: 'u32', ranges: 'u32', sourceAt: 'u32' },
  threads: SUM_THREADS,
  declarations: WORKGROUP_SUM,
  body: `
  let at = given.sourceAt + group.y * given.pixels;
  var sum = 0.0;
  ${overRange('sum += source[at + p];')}
  sum = total(thread, sum);
  let mean = sum / f32(min(${RANGE}u, given.pixels - group.x * ${RANGE}u));
  var squares = 0.0;
  ${overRange('let d = source[at + p] - mean; squares += d * d;')}
  squares = total(thread, squares);
  if (thread == 0u) {
    let to = 2u * (group.y * given.ranges + group.x);
    moments[to] = sum;
    moments[to + 1u] = squares;
  }`,
};

/** Merges the ranges of channel group.y (Chan, Golub & LeVeque 1979) into `mean` and `variance`. */
const MERGE = `
  let firstMoment = 2u * group.y * given.ranges;
  var part = 0.0;
  for (var i = thread; i < given.ranges; i += ${SUM_THREADS}u) { part += moments[firstMoment + 2u * i]; }
  let mean = total(thread, part) / f32(given.pixels);
  part = 0.0;
  for (var i = thread; i < given.ranges; i += ${SUM_THREADS}u) {
    let n = f32(min(${RANGE}u, given.pixels - i * ${RANGE}u));
    let d = moments[firstMoment + 2u * i] / n - mean;
    part += moments[firstMoment + 2u * i + 1u] + n * d * d;
  }
  let variance = total(thread, part) / f32(given.pixels);`;

/** Computes `mean` and `variance` of channel group.y, which is one range, to the bits of MERGE. */
const WHOLE = `
  var sum = 0.0;
  ${overRange('sum += source[given.sourceAt + group.y * given.pixels + p];')}
  let mean = total(thread, sum) / f32(given.pixels);
  var squares = 0.0;
  ${overRange('let d = source[given.sourceAt + group.y * given.pixels + p] - mean; squares += d * d;')}
  let variance = total(thread, squares) / f32(given.pixels);`;

/**
 * Batch norm in training, and the ReLU behind it. Every workgroup merges the moments of its channel itself, which saves a dispatch; the
 * first of a channel keeps them for the backward pass and moves the averages.
 * @param whole for channels of one range, whose one workgroup computes the moments, too: another dispatch would have no more
 */
export function normalize(whole: boolean): Kernel {
  return {
    label: whole ? 'normalize whole' : 'normalize',
    buffers: [
      read('source'),
      ...(whole ? [] : [read('moments')]),
      written('weights'),
      written('kept'),
      written('made'),
    ],
    parameters: {
      pixels: 'u32',
      ranges: 'u32',
      sourceAt: 'u32',
      targetAt: 'u32',
      keptAt: 'u32',
      gammaAt: 'u32',
      betaAt: 'u32',
      meanAt: 'u32',
      varianceAt: 'u32',
      epsilon: 'f32',
      decay: 'f32',
      relu: 'u32',
    },
    threads: SUM_THREADS,
    declarations: WORKGROUP_SUM,
    body: `
  ${whole ? WHOLE : MERGE}
  let c = group.y;
  let inverse = 1.0 / sqrt(variance + given.epsilon);
  let scale = weights[given.gammaAt + c] * inverse;
  let shift = weights[given.betaAt + c] - mean * scale;
  if (group.x == 0u && thread == 0u) {
    let to = given.keptAt + ${KEPT}u * c;
    kept[to] = scale;
    kept[to + 1u] = shift;
    kept[to + 2u] = mean;
    kept[to + 3u] = inverse;
    weights[given.meanAt + c] -= (weights[given.meanAt + c] - mean) * given.decay;
    weights[given.varianceAt + c] -= (weights[given.varianceAt + c] - variance) * given.decay;
  }
  let least = select(-3.4e38, 0.0, given.relu == 1u);
  let at = given.sourceAt + c * given.pixels;
  let to = given.targetAt + c * given.pixels;
  ${overRange('made[to + p] = max(source[at + p] * scale + shift, least);')}`,
  };
}

const GRADIENT_PARAMETERS = {
  pixels: 'u32',
  ranges: 'u32',
  sourceAt: 'u32',
  gradientAt: 'u32',
  keptAt: 'u32',
  relu: 'u32',
} as const;

/** The gradient of batch norm's output at position p: behind the ReLU where there is one. */
const BEHIND_RELU = `let value = source[at + p];
    let g = select(0.0, gradient[begin + p], given.relu == 0u || value * scale + shift > 0.0);`;

const KEPT_VALUES = `
  let c = group.y;
  let k = given.keptAt + ${KEPT}u * c;
  let scale = kept[k];
  let shift = kept[k + 1u];
  let mean = kept[k + 2u];
  let at = given.sourceAt + c * given.pixels;
  let begin = given.gradientAt + c * given.pixels;`;

/** What NORM_GRADIENT_SUMS adds up, and what it leaves of the ranges of channel c. */
const SUMS_OF_RANGE = overRange(`${BEHIND_RELU}
    part += g;
    product += g * (value - mean);`);
const SUMS_OF_MOMENTS = `
  let first = 2u * c * given.ranges;
  for (var i = thread; i < given.ranges; i += ${SUM_THREADS}u) {
    part += moments[first + 2u * i];
    product += moments[first + 2u * i + 1u];
  }`;

/** Of each range of each channel, the sums of the output's gradient and of its product with the deviation from the mean. */
export const NORM_GRADIENT_SUMS: Kernel = {
  label: 'norm gradient sums',
  buffers: [read('source'), read('gradient'), read('kept'), written('moments')],
  parameters: GRADIENT_PARAMETERS,
  threads: SUM_THREADS,
  declarations: WORKGROUP_SUM,
  body: `${KEPT_VALUES}
  var part = 0.0;
  var product = 0.0;
  ${SUMS_OF_RANGE}
  let sum = total(thread, part);
  product = total(thread, product);
  if (thread == 0u) {
    let to = 2u * (group.y * given.ranges + group.x);
    moments[to] = sum;
    moments[to + 1u] = product;
  }`,
};

/**
 * The gradients of batch norm for gamma and beta, and for its input: in the place of the output's, or added to what is there.
 * @param whole as normalize's: with the sums of NORM_GRADIENT_SUMS
 */
export function normGradient(place: 'in place' | 'write' | 'add', whole: boolean): Kernel {
  const result = 'scale * (g - average - (value - mean) * slope)';
  const store = {
    'in place': `gradient[begin + p] = ${result};`,
    write: `made[to + p] = ${result};`,
    add: `made[to + p] += ${result};`,
  }[place];
  const inPlace = place === 'in place';
  return {
    label: `norm gradient ${place}${whole ? ', whole' : ''}`,
    buffers: [
      read('source'),
      inPlace ? written('gradient') : read('gradient'),
      read('kept'),
      ...(whole ? [] : [read('moments')]),
      written('gradients'),
      ...(inPlace ? [] : [written('made')]),
    ],
    parameters: { ...GRADIENT_PARAMETERS, targetAt: 'u32', gammaAt: 'u32', betaAt: 'u32' },
    threads: SUM_THREADS,
    declarations: WORKGROUP_SUM,
    body: `${KEPT_VALUES}
  let inverse = kept[k + 3u];
  var part = 0.0;
  var product = 0.0;
  ${whole ? SUMS_OF_RANGE : SUMS_OF_MOMENTS}
  let sum = total(thread, part);
  product = total(thread, product) * inverse;
  if (group.x == 0u && thread == 0u) {
    gradients[given.betaAt + c] = sum;
    gradients[given.gammaAt + c] = product;
  }
  let average = sum / f32(given.pixels);
  let slope = product * inverse / f32(given.pixels);
  ${inPlace ? '' : 'let to = given.targetAt + c * given.pixels;'}
  ${overRange(`${BEHIND_RELU}
    ${store}`)}`,
  };
}

/** Batch norm with the moving averages where no convolution can take it in: scale and shift were folded before. */
export const NORM_INFERENCE: Kernel = {
  label: 'norm inference',
  buffers: [read('source'), read('folded'), written('made')],
  parameters: { pixels: 'u32', sourceAt: 'u32', targetAt: 'u32', foldedAt: 'u32', relu: 'u32' },
  threads: SUM_THREADS,
  body: `
  let scale = folded[given.foldedAt + 2u * group.y];
  let shift = folded[given.foldedAt + 2u * group.y + 1u];
  let least = select(-3.4e38, 0.0, given.relu == 1u);
  let at = given.sourceAt + group.y * given.pixels;
  let to = given.targetAt + group.y * given.pixels;
  ${overRange('made[to + p] = max(source[at + p] * scale + shift, least);')}`,
};

/** Words of an entry of FOLD_NORMS' table. */
export const FOLD_WORDS = 8;

/**
 * Scale and shift of every channel of every batch norm, from its weights and moving averages, with the bias of the convolution before it.
 * `table` holds for each channel: where gamma, beta, mean, variance and bias are (bias: all ones where there is none), the bits of
 * epsilon, and where the result goes.
 */
export const FOLD_NORMS: Kernel = {
  label: 'fold norms',
  buffers: [{ name: 'table', access: 'read', element: 'u32' }, read('weights'), written('folded')],
  parameters: { channels: 'u32' },
  threads: 64,
  body: `
  let channel = group.x * 64u + thread;
  if (channel >= given.channels) { return; }
  let entry = channel * ${FOLD_WORDS}u;
  let scale = weights[table[entry]] / sqrt(weights[table[entry + 3u]] + bitcast<f32>(table[entry + 5u]));
  let biasAt = table[entry + 4u];
  let bias = select(weights[select(biasAt, 0u, biasAt == 0xffffffffu)], 0.0, biasAt == 0xffffffffu);
  let to = table[entry + 6u];
  folded[to] = scale;
  folded[to + 1u] = weights[table[entry + 1u]] + (bias - weights[table[entry + 2u]]) * scale;`,
};
