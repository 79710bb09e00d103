/** Levels beyond which the spread is taken to stay as it is: no dataset is known to be that easy or that hopeless before it is tried. */
const [LOWEST, HIGHEST] = [0.15, 0.93];

/**
 * How far accuracies of datasets of an expected level lie apart, in units of those at a level of one half: 4 p (1 - p), the slope
 * of a logit-normal share (a Dice of .9 can rise by little, and seldom falls as far as one of .5).
 * @param level expected accuracy of wide networks, any number
 * @returns 0.26 to 1
 */
export function levelScale(level: number): number {
  const p = Math.min(HIGHEST, Math.max(LOWEST, level));
  return 4 * p * (1 - p);
}
