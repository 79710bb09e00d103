/** How the pixels along one side of a new grid are made of those of an old one. */
export interface AxisWeights {
  /** Old pixels that make up a new one at most. */
  readonly taps: number;
  /** First old pixel of every new one. */
  readonly first: Int32Array;
  /** `taps` weights for every new pixel, one after another; 0 beyond the last that counts. */
  readonly weights: Float64Array;
  /** What the weights of every new pixel add up to. */
  readonly unit: number;
}

/** Covered length when the side shrinks, Catmull-Rom interpolation when it grows, the pixel itself when it stays. */
export function axisWeights(from: number, to: number): AxisWeights {
  if (to < from) return coveredLengths(from, to);
  return to > from ? catmullRom(from, to) : single(from);
}

/**
 * Length of each old pixel inside each new one, in parts of which an old pixel has `to` and a new one `from`: whole numbers,
 * so that sums of them are exact and the same from either end.
 */
function coveredLengths(from: number, to: number): AxisWeights {
  const taps = Math.ceil(from / to) + 1;
  const first = new Int32Array(to);
  const weights = new Float64Array(to * taps);
  for (let target = 0; target < to; target += 1) {
    const [start, end] = [target * from, (target + 1) * from];
    const begin = Math.min(Math.floor(start / to), from - taps);
    first[target] = begin;
    for (let tap = 0; tap < taps; tap += 1) {
      const left = (begin + tap) * to;
      weights[target * taps + tap] = Math.max(0, Math.min(end, left + to) - Math.max(start, left));
    }
  }
  return { taps, first, weights, unit: from };
}

/** Keys, IEEE Trans. ASSP 29 (1981), with a = -1/2; beyond the border the border's pixel is repeated. */
function catmullRom(from: number, to: number): AxisWeights {
  const taps = Math.min(4, from);
  const first = new Int32Array(to);
  const weights = new Float64Array(to * taps);
  for (let target = 0; target < to; target += 1) {
    const centre = ((target + 0.5) * from) / to - 0.5;
    const left = Math.floor(centre);
    const begin = Math.max(0, Math.min(left - 1, from - taps));
    first[target] = begin;
    for (const [offset, weight] of cubic(centre - left).entries()) {
      const old = Math.max(0, Math.min(from - 1, left - 1 + offset));
      const at = target * taps + old - begin;
      weights[at] = (weights[at] ?? 0) + weight;
    }
  }
  return { taps, first, weights, unit: 1 };
}

/** Weights of the two pixels before and the two behind a point that lies `f` of a pixel behind the second. */
function cubic(f: number): [number, number, number, number] {
  const [f2, f3] = [f * f, f * f * f];
  return [
    -0.5 * f + f2 - 0.5 * f3,
    1 - 2.5 * f2 + 1.5 * f3,
    0.5 * f + 2 * f2 - 1.5 * f3,
    -0.5 * f2 + 0.5 * f3,
  ];
}

function single(length: number): AxisWeights {
  return {
    taps: 1,
    first: Int32Array.from({ length }, (_, index) => index),
    weights: new Float64Array(length).fill(1),
    unit: 1,
  };
}
