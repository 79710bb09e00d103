import { median } from '#common/statistics/median.ts';

/** Steps of one training so far. */
interface Steps {
  /** Seconds that they took. */
  took: number;
  /** Share of the training that they are, beyond 1 where it began again. */
  share: number;
  /** Share that the forecast made of these seconds. */
  foreseen: number;
}

/** How far, two times of three, steps lie from what the pace says, as a share of it, and the ratio from 1. */
const NOISE = 0.2;
const PRIOR = 1;
const LEAST_RATIO = 0.1;
/** The weights follow from the fit, and the fit from the weights. */
const ROUNDS = 5;

/** How steps go: a training with `expected` seconds of steps takes `ratio * expected + extra`. */
interface StepPace {
  readonly ratio: number;
  readonly extra: number;
}

/** What trainings take on one device, learnt while they run. Seconds throughout. */
export class DevicePace {
  readonly #before: number[] = [];
  readonly #after: number[] = [];
  readonly #steps = new Map<number, Steps>();

  /**
   * Steps of a training were made.
   * @param share of the training; foreseen: what the forecast made of the same seconds
   */
  steps(index: number, took: number, share: number, foreseen: number): void {
    const known = this.#steps.get(index) ?? { took: 0, share: 0, foreseen: 0 };
    known.took += took;
    known.share += share;
    known.foreseen += foreseen;
    this.#steps.set(index, known);
  }

  /** From a training's beginning to its first step: reading images, starting a process. */
  beforeSteps(seconds: number): void {
    this.#before.push(seconds);
  }

  /** From its last step to its end: the test, what is stored. */
  afterSteps(seconds: number): void {
    this.#after.push(seconds);
  }

  /** What to expect before the steps of a training: the median, since the first one in a process starts it. */
  get before(): number {
    return median(this.#before);
  }

  get after(): number {
    return median(this.#after);
  }

  /**
   * The ratio and the extra that suit all trainings so far best, with the ratio drawn to 1: trainings of a sweep have equally many steps, so that
   * what the forecast of a step lacks is the same for all of them, and narrow networks, which come first, tell of nothing but it.
   * Least squares of errors relative to what is fitted: relative to what was seen, slow ones would count for too little.
   */
  get pace(): StepPace {
    let pace: StepPace = { ratio: 1, extra: this.#meanExtra() };
    for (let round = 0; round < ROUNDS; round++) pace = this.#fitted(pace);
    return pace;
  }

  /** Whole trainings as they go so far: seconds that were expected, and seconds that they take, with the share that tells it. */
  #seen(): { readonly expected: number; readonly takes: number; readonly share: number }[] {
    return [...this.#steps.values()].flatMap(({ took, share, foreseen }) =>
      took > 0 && share > 0 && foreseen > 0 ? { expected: took / foreseen, takes: took / share, share } : [],
    );
  }

  #meanExtra(): number {
    const seen = this.#seen();
    const shares = seen.reduce((sum, { share }) => sum + share, 0);
    const extra = seen.reduce((sum, { expected, takes, share }) => sum + share * (takes - expected), 0);
    return shares > 0 ? Math.max(0, extra / shares) : 0;
  }

  #fitted({ ratio, extra }: StepPace): StepPace {
    const pull = (NOISE / PRIOR) ** 2;
    // Normal equations of takes = ratio * expected + extra * 1.
    let [rr, re, ee, rt, et] = [pull, 0, 0, pull, 0];
    for (const { expected, takes, share } of this.#seen()) {
      const weight = share / Math.max(1e-9, ratio * expected + extra) ** 2;
      rr += weight * expected ** 2;
      re += weight * expected;
      ee += weight;
      rt += weight * expected * takes;
      et += weight * takes;
    }
    const determinant = rr * ee - re ** 2;
    const found = determinant > 1e-9 * rr * ee ? (rr * et - re * rt) / determinant : 0;
    return found > 0
      ? { ratio: Math.max(LEAST_RATIO, (rt - re * found) / rr), extra: found }
      : { ratio: rt / rr, extra: 0 };
  }
}
