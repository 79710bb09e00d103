import type { Candidate, Limits } from './prediction.ts';

/** A limit by its field. */
export type LimitName = Exclude<keyof Limits, 'safe'>;

/** One limit in force, ready to be held against candidates. */
export interface LimitCheck {
  readonly name: LimitName;
  /** The limit in words: "at most 100,000 parameters". */
  readonly words: string;
  readonly isGoal: boolean;
  /** The candidate's value. */
  readonly valueOf: (candidate: Candidate) => number;
  readonly met: (candidate: Candidate) => boolean;
  /** How far it is missed: doublings for costs, steps of 0.05 for accuracy; 0 when met. */
  readonly miss: (candidate: Candidate) => number;
  /** A value in the limit's unit, in words. */
  readonly format: (value: number) => string;
  /** What the candidate's value means where it is not the predicted one: "with a chance of 67 %"; else empty. */
  readonly chance: (candidate: Candidate) => string;
}

/** Accuracy that weighs as much as a doubling of a cost when the nearest choice is sought. */
const STEP = 0.05;
const LIKELY = ', with a chance of 67 %';

/**
 * The limits that the user set, goals first. A goal is met by what is exceeded with a chance of 67 %, or of 85 % where the choice is to be safe;
 * predictions stored before these were kept are judged by centre and lower end.
 */
export function limitChecks(limits: Limits): LimitCheck[] {
  const { retain, minDice, maxParameters, maxBytes, maxLatencyMs, maxMemory, safe } = limits;
  const bound = safe ? ', with a chance of 85 %' : '';
  return [
    goal(
      'retain',
      retain,
      (one) => (safe ? (one.retainedSure ?? one.retainedLow) : (one.retainedLikely ?? one.retained)),
      (value) => `${floorTo(100 * value, 1)} % of the base network's accuracy retained${bound}`,
      (one) => (safe || one.retainedLikely === undefined ? '' : LIKELY),
    ),
    goal(
      'minDice',
      minDice,
      (one) => (safe ? (one.sure ?? one.low) : (one.likely ?? one.predicted)),
      (value) => `Dice ${floorTo(value, 3)}${bound}`,
      (one) => (safe || one.likely === undefined ? '' : LIKELY),
    ),
    ceiling(
      'maxParameters',
      maxParameters,
      (one) => one.parameters,
      (value) => `${whole(value)} parameters`,
    ),
    ceiling(
      'maxBytes',
      maxBytes,
      (one) => one.fileBytes,
      (value) => `${bytesUp(value)} exported`,
    ),
    ceiling(
      'maxLatencyMs',
      maxLatencyMs,
      (one) => one.latencyMs ?? Infinity,
      (value) => `${Math.ceil(value * 100 - 1e-6) / 100} ms per image`,
    ),
    ceiling(
      'maxMemory',
      maxMemory,
      (one) => one.activationBytes,
      (value) => `${bytesUp(value)} of activations`,
    ),
  ].filter((check) => check !== null);
}

function goal(
  name: LimitName,
  least: number | undefined,
  valueOf: (candidate: Candidate) => number,
  format: (value: number) => string,
  chance: (candidate: Candidate) => string,
): LimitCheck | null {
  if (least === undefined) return null;
  return {
    name,
    words: `at least ${format(least)}`,
    isGoal: true,
    valueOf,
    met: (candidate) => valueOf(candidate) >= least,
    miss: (candidate) => Math.max(0, least - valueOf(candidate)) / STEP,
    format,
    chance,
  };
}

function ceiling(
  name: LimitName,
  most: number | undefined,
  valueOf: (candidate: Candidate) => number,
  format: (value: number) => string,
): LimitCheck | null {
  if (most === undefined) return null;
  return {
    name,
    words: `at most ${format(most)}`,
    isGoal: false,
    valueOf,
    met: (candidate) => valueOf(candidate) <= most,
    miss: (candidate) => Math.max(0, Math.log2(valueOf(candidate) / most)),
    format,
    chance: () => '',
  };
}

/** Rounded down, so that a goal relaxed to the shown value is met. */
function floorTo(value: number, digits: number): number {
  return Math.floor(value * 10 ** digits + 1e-6) / 10 ** digits;
}

function whole(value: number): string {
  return Math.ceil(value).toLocaleString('en-US');
}

/** Bytes rounded up, so that a limit raised to the shown value is met. */
function bytesUp(bytes: number): string {
  if (bytes < 1e4) return `${whole(bytes)} bytes`;
  const step = bytes < 1e7 ? 1e4 : bytes < 1e8 ? 1e5 : 1e6;
  return `${Number(((Math.ceil(bytes / step) * step) / 1e6).toFixed(2))} MB`;
}
