import type { Random } from '#common/random.ts';

/**
 * A normal number of deviation 1, drawn again until it lies within 2 deviations of 0. By rejection: x, uniform in [-2, 2), is kept
 * with the probability exp(-x^2 / 2), which von Neumann's comparisons of uniform numbers decide ("Various techniques used in
 * connection with random digits", 1951). No logarithm or exponential takes part, whose last bits differ between machines.
 */
export function truncatedNormal(random: Random): number {
  for (;;) {
    const x = 4 * random.uniform() - 2;
    // The decision is for exponents up to 1: half of ours, twice.
    const half = (x * x) / 4;
    if (happens(half, random) && happens(half, random)) return x;
  }
}

/** True with the probability exp(-exponent), exponent in [0, 1]: when the run exponent > u1 > u2 > ... ends at an odd place. */
function happens(exponent: number, random: Random): boolean {
  let odd = true;
  for (let last = exponent; ; odd = !odd) {
    const next = random.uniform();
    if (next >= last) return odd;
    last = next;
  }
}
