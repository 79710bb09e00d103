import { formatFactor } from '../network/formatFactor.ts';
import { offeredCandidates } from './offeredCandidates.ts';
import type { Candidate, Limits } from './prediction.ts';
import { limitChecks, type LimitCheck, type LimitName } from './limitCheck.ts';

/** What comes of choosing. */
export type NetworkAnswer =
  | { readonly kind: 'chosen'; readonly candidate: Candidate }
  | {
      readonly kind: 'impossible';
      /** The candidate that misses fewest limits, of those the one that misses by least; and the limits that even it misses. */
      readonly nearest: Candidate;
      readonly unmet: readonly LimitName[];
      /** The smallest set of limits that no candidate meets together, in words. */
      readonly binding: readonly string[];
      /** What to relax. */
      readonly advice: string;
    }
  /** Latency is limited, but some candidate's was not measured yet. */
  | { readonly kind: 'unmeasured' }
  /** No size was asked about. */
  | { readonly kind: 'empty' };

/**
 * Chooses, among the candidates that were asked about, the smallest network that meets the accuracy goals and all ceilings. Without an
 * accuracy goal it is the most accurate network under the ceilings, the smaller one on a tie: "as small as possible" alone would
 * always be the smallest. The window asks it at every move of a goal, jobs before they train.
 */
export function chooseNetwork(candidates: readonly Candidate[], limits: Limits): NetworkAnswer {
  const sorted = offeredCandidates(candidates).sort((a, b) => a.parameters - b.parameters);
  const [smallest] = sorted;
  if (smallest === undefined) return { kind: 'empty' };
  const unmeasured = sorted.some(({ latencyMs }) => latencyMs === null);
  if (limits.maxLatencyMs !== undefined && unmeasured) return { kind: 'unmeasured' };
  const checks = limitChecks(limits);
  const fitting = sorted.filter((candidate) => checks.every((check) => check.met(candidate)));
  const [first] = fitting;
  if (first === undefined) return impossible(sorted, smallest, checks, limits);
  const score = (candidate: Candidate): number =>
    limits.safe ? (candidate.sure ?? candidate.low) : candidate.predicted;
  const candidate = checks.some((check) => check.isGoal)
    ? first
    : fitting.reduce((a, b) => (score(b) > score(a) ? b : a));
  return { kind: 'chosen', candidate };
}

function impossible(
  sorted: readonly Candidate[],
  smallest: Candidate,
  checks: readonly LimitCheck[],
  limits: Limits,
): NetworkAnswer {
  const binding = bindingLimits(sorted, checks);
  const missedBy = (candidate: Candidate): number => checks.filter((check) => !check.met(candidate)).length;
  const missOf = (candidate: Candidate): number =>
    checks.reduce((sum, check) => sum + check.miss(candidate), 0);
  const isNearer = (a: Candidate, b: Candidate): boolean =>
    missedBy(a) < missedBy(b) || (missedBy(a) === missedBy(b) && missOf(a) < missOf(b));
  const nearest = sorted.reduce((a, b) => (isNearer(b, a) ? b : a), smallest);
  return {
    kind: 'impossible',
    nearest,
    unmet: checks.filter((check) => !check.met(nearest)).map((check) => check.name),
    binding: binding.map((check) => describe(check, sorted, binding)),
    advice: advise(sorted, checks, limits),
  };
}

/** The smallest set of limits that no candidate meets together; the first such set in the order of the limits. */
function bindingLimits(candidates: readonly Candidate[], checks: readonly LimitCheck[]): LimitCheck[] {
  const subsets = Array.from({ length: 2 ** checks.length }, (_, bits) =>
    checks.filter((_check, i) => (bits >> i) % 2 === 1),
  );
  const unmet = subsets.filter((set) => !candidates.some((one) => set.every((check) => check.met(one))));
  return unmet.reduce((a, b) => (b.length < a.length ? b : a), [...checks]);
}

function describe(
  check: LimitCheck,
  candidates: readonly Candidate[],
  binding: readonly LimitCheck[],
): string {
  const others = binding.filter((other) => other !== check);
  const allowed = candidates.filter((candidate) => others.every((other) => other.met(candidate)));
  const best = closest(check, allowed);
  if (best === undefined) return check.words;
  const among =
    others.length > 0 ? `${others.map((other) => other.words).join(' and ')} leaves` : 'the best is';
  return `${check.words}: ${among} ${check.format(check.valueOf(best))}${check.chance(best)} (factor ${formatFactor(best.alpha)})`;
}

/** For each limit, the least relaxation of it alone with which some network would do. */
function advise(candidates: readonly Candidate[], checks: readonly LimitCheck[], limits: Limits): string {
  const relaxations = checks.flatMap((check) => {
    const others = checks.filter((other) => other !== check);
    const best = closest(
      check,
      candidates.filter((candidate) => others.every((other) => other.met(candidate))),
    );
    if (best === undefined) return [];
    const verb = check.isGoal ? 'ask for no more than' : 'allow';
    return [`${verb} ${check.format(check.valueOf(best))} (factor ${formatFactor(best.alpha)})`];
  });
  const relaxed = { ...limits, safe: false };
  const unsafe = limits.safe ? chooseNetwork(candidates, relaxed) : undefined;
  if (unsafe?.kind === 'chosen') {
    relaxations.push(
      `go without the safety margin (factor ${formatFactor(unsafe.candidate.alpha)}), or train a probe, which narrows the interval`,
    );
  }
  if (relaxations.length === 0) return 'No single limit can be relaxed alone; relax several of them.';
  const text = relaxations.join('; or ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The candidate that misses the limit by least, the smallest on a tie. */
function closest(check: LimitCheck, candidates: readonly Candidate[]): Candidate | undefined {
  const [first, ...rest] = candidates;
  return first && rest.reduce((a, b) => (check.miss(b) < check.miss(a) ? b : a), first);
}
