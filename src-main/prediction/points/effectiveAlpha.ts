/**
 * The uniform factor whose network has as many parameters as a layer-wise one: how layer-wise factors enter
 * a fit over sizes.
 *
 * @param parameters trainable parameters of the layer-wise network
 * @param parametersOf parameters of the same base network at a uniform factor; does not decrease
 * @returns a factor in (0, 1]
 */
export function effectiveAlpha(parameters: number, parametersOf: (alpha: number) => number): number {
  if (parameters >= parametersOf(1)) return 1;
  let low = -20;
  let high = 0;
  // Halving the bracket of log2 alpha 40 times is exact to 2e-11; filter counts are rounded, so there is no derivative.
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (parametersOf(2 ** middle) < parameters) low = middle;
    else high = middle;
  }
  return 2 ** high;
}
