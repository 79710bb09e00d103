import type { Candidate, Limits } from '#common/prediction/prediction.ts';

export type LiveChoice =
  | { readonly kind: 'chosen'; readonly candidate: Candidate }
  /** No candidate meets all limits; `unmet` are those that even the nearest misses. */
  | { readonly kind: 'impossible'; readonly nearest: Candidate; readonly unmet: readonly LimitName[] }
  /** A limit on latency, but the candidates' latency has not been measured yet. */
  | { readonly kind: 'unmeasured' }
  | { readonly kind: 'empty' };

export type LimitName = Exclude<keyof Limits, 'safe'>;

interface Check {
  readonly name: LimitName;
  /** 0 when met; steps of 0.05 for accuracy, doublings for costs. */
  readonly miss: (candidate: Candidate) => number;
}

const ACCURACY_STEP = 0.05;

/**
 * The choice under changed limits, at once and in the window: the same rule as prediction/chooseNetwork, which has the last
 * word when a job runs. With an accuracy goal the smallest network that meets everything, otherwise the most accurate
 * one under the ceilings.
 */
export function chooseCandidate(candidates: readonly Candidate[], limits: Limits): LiveChoice {
  const sorted = [...candidates].sort((a, b) => a.parameters - b.parameters);
  const [smallest] = sorted;
  if (!smallest) return { kind: 'empty' };
  if (limits.maxLatencyMs !== undefined && sorted.some(({ latencyMs }) => latencyMs === null)) {
    return { kind: 'unmeasured' };
  }
  const checks = checksOf(limits);
  const fitting = sorted.filter((candidate) => checks.every((check) => check.miss(candidate) === 0));
  const [first] = fitting;
  if (!first) {
    const total = (candidate: Candidate): number =>
      checks.reduce((sum, check) => sum + check.miss(candidate), 0);
    const nearest = sorted.reduce((a, b) => (total(b) < total(a) ? b : a), smallest);
    const unmet = checks.filter((check) => check.miss(nearest) > 0).map((check) => check.name);
    return { kind: 'impossible', nearest, unmet };
  }
  const hasGoal = limits.retain !== undefined || limits.minDice !== undefined;
  const score = (candidate: Candidate): number => (limits.safe ? candidate.low : candidate.predicted);
  const candidate = hasGoal ? first : fitting.reduce((a, b) => (score(b) > score(a) ? b : a));
  return { kind: 'chosen', candidate };
}

function checksOf(limits: Limits): Check[] {
  const { retain, minDice, maxParameters, maxBytes, maxLatencyMs, maxMemory, safe } = limits;
  return [
    ...goal('retain', retain, (c) => (safe ? c.retainedLow : c.retained)),
    ...goal('minDice', minDice, (c) => (safe ? c.low : c.predicted)),
    ...ceiling('maxParameters', maxParameters, (c) => c.parameters),
    ...ceiling('maxBytes', maxBytes, (c) => c.fileBytes),
    ...ceiling('maxLatencyMs', maxLatencyMs, (c) => c.latencyMs ?? Infinity),
    ...ceiling('maxMemory', maxMemory, (c) => c.activationBytes),
  ];
}

function goal(name: LimitName, least: number | undefined, value: (candidate: Candidate) => number): Check[] {
  if (least === undefined) return [];
  return [{ name, miss: (candidate) => Math.max(0, least - value(candidate)) / ACCURACY_STEP }];
}

function ceiling(
  name: LimitName,
  most: number | undefined,
  value: (candidate: Candidate) => number,
): Check[] {
  if (most === undefined) return [];
  return [{ name, miss: (candidate) => Math.max(0, Math.log2(value(candidate) / most)) }];
}
