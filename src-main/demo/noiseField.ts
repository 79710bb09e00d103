import type { Random } from './syntheticImage.ts';

const smoothstep = (t: number): number => t * t * (3 - 2 * t);

/** One octave of value noise: random numbers on a grid `cell` pixels wide, smoothly interpolated; values in [0, 1]. */
function octave(side: number, cell: number, random: Random): Float32Array {
  const grid = Math.ceil(side / cell) + 2;
  const knots = Float32Array.from({ length: grid * grid }, random);
  const field = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    const gy = Math.floor(y / cell);
    const ty = smoothstep(y / cell - gy);
    for (let x = 0; x < side; x++) {
      const gx = Math.floor(x / cell);
      const tx = smoothstep(x / cell - gx);
      const knot = (dx: number, dy: number): number => knots[(gy + dy) * grid + gx + dx] ?? 0;
      const top = knot(0, 0) * (1 - tx) + knot(1, 0) * tx;
      const bottom = knot(0, 1) * (1 - tx) + knot(1, 1) * tx;
      field[y * side + x] = top * (1 - ty) + bottom * ty;
    }
  }
  return field;
}

/** Value noise of `octaves` octaves, the coarsest `cell` pixels wide, each finer one half as strong; values in [0, 1]. */
export function noiseField(side: number, cell: number, octaves: number, random: Random): Float32Array {
  const field = new Float32Array(side * side);
  let weight = 1;
  let total = 0;
  for (let i = 0, width = cell; i < octaves && width >= 1; i++, width /= 2, weight /= 2) {
    const layer = octave(side, width, random);
    for (let p = 0; p < field.length; p++) field[p] = (field[p] ?? 0) + weight * (layer[p] ?? 0);
    total += weight;
  }
  return field.map((value) => value / total);
}
