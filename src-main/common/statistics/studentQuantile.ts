/**
 * Two-sided quantile of Student's t distribution: the t that |T| stays below with probability `level`.
 *
 * @param level in (0, 1)
 * @param freedom degrees of freedom, a positive whole number
 */
export function studentQuantile(level: number, freedom: number): number {
  let low = 0;
  let high = 1;
  while (coverage(high, freedom) < level) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (coverage(middle, freedom) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(|T| < t) for whole degrees of freedom: the finite trigonometric series (Abramowitz & Stegun 26.7.3 and 26.7.4). */
function coverage(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine2 = Math.cos(angle) ** 2;
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= (cosine2 * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
