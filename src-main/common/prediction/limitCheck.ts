import { UsageError } from '../errors.ts';
import type { Candidate, Limits } from './prediction.ts';

/** One limit in force, ready to be held against candidates. */
export interface LimitCheck {
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
}

/** Accuracy that weighs as much as a doubling of a cost when the nearest choice is sought. */
const STEP = 0.05;

/**
 * The limits that the user set, goals first.
 * @throws UsageError when latency is limited but some candidate's latency was not measured
 */
export function limitChecks(limits: Limits, candidates: readonly Candidate[]): LimitCheck[] {
  const { retain, minDice, maxParameters, maxBytes, maxLatencyMs, maxMemory, safe } = limits;
  if (maxLatencyMs !== undefined && candidates.some((candidate) => candidate.latencyMs === null)) {
    throw new UsageError(
      `Latency is limited to ${maxLatencyMs} ms, but it was not measured for every network.`,
      'Measure the latency of all candidates on this machine first, or drop the latency limit.',
    );
  }
  const bound = safe ? ' by its lower bound' : '';
  const checks: LimitCheck[] = [];
  if (retain !== undefined) {
    checks.push(
      goal(
        retain,
        (c) => (safe ? c.retainedLow : c.retained),
        (v) => `${percent(v)} of the base network's accuracy retained${bound}`,
      ),
    );
  }
  if (minDice !== undefined) {
    checks.push(
      goal(
        minDice,
        (c) => (safe ? c.low : c.predicted),
        (v) => `Dice ${floorTo(v, 3)}${bound}`,
      ),
    );
  }
  if (maxParameters !== undefined) {
    checks.push(
      ceiling(
        maxParameters,
        (c) => c.parameters,
        (v) => `${whole(v)} parameters`,
      ),
    );
  }
  if (maxBytes !== undefined) {
    checks.push(
      ceiling(
        maxBytes,
        (c) => c.fileBytes,
        (v) => `${whole(v)} bytes exported`,
      ),
    );
  }
  if (maxLatencyMs !== undefined) {
    checks.push(
      ceiling(
        maxLatencyMs,
        (c) => c.latencyMs ?? Infinity,
        (v) => `${Math.ceil(v * 100 - 1e-6) / 100} ms per image`,
      ),
    );
  }
  if (maxMemory !== undefined) {
    checks.push(
      ceiling(
        maxMemory,
        (c) => c.activationBytes,
        (v) => `${whole(v)} bytes of activations`,
      ),
    );
  }
  return checks;
}

function goal(
  least: number,
  valueOf: (candidate: Candidate) => number,
  format: (value: number) => string,
): LimitCheck {
  return {
    words: `at least ${format(least)}`,
    isGoal: true,
    valueOf,
    met: (candidate) => valueOf(candidate) >= least,
    miss: (candidate) => Math.max(0, least - valueOf(candidate)) / STEP,
    format,
  };
}

function ceiling(
  most: number,
  valueOf: (candidate: Candidate) => number,
  format: (value: number) => string,
): LimitCheck {
  return {
    words: `at most ${format(most)}`,
    isGoal: false,
    valueOf,
    met: (candidate) => valueOf(candidate) <= most,
    miss: (candidate) => Math.max(0, Math.log2(valueOf(candidate) / most)),
    format,
  };
}

/** Rounded down, so that a goal relaxed to the shown value is met. */
function floorTo(value: number, digits: number): number {
  return Math.floor(value * 10 ** digits + 1e-6) / 10 ** digits;
}

function percent(share: number): string {
  return `${floorTo(100 * share, 1)} %`;
}

function whole(value: number): string {
  return Math.ceil(value).toLocaleString('en-US');
}
