import { UsageError } from '../errors.ts';
import { formatFactor } from '../network/factor.ts';
import type { Candidate, Choice, Limits } from './prediction.ts';
import { limitChecks, type LimitCheck } from './limitCheck.ts';

/**
 * Chooses the smallest network that meets the accuracy goals and all ceilings. Without an accuracy goal it is the most accurate network
 * under the ceilings, the smaller one on a tie: "as small as possible" alone would always be the smallest.
 *
 * @returns the choice, or why there is none: the smallest set of limits that no candidate meets together, and what to relax
 * @throws UsageError without candidates, or with a latency limit and unmeasured latency
 */
export function chooseNetwork(candidates: readonly Candidate[], limits: Limits): Choice {
  const sorted = [...candidates].sort((a, b) => a.parameters - b.parameters);
  const [smallest] = sorted;
  if (smallest === undefined) {
    throw new UsageError('There is no network to choose from.', 'Ask for at least one factor, such as 1/8.');
  }
  const checks = limitChecks(limits, sorted);
  const fitting = sorted.filter((candidate) => checks.every((check) => check.met(candidate)));
  const [first] = fitting;
  if (first === undefined) return impossible(sorted, smallest, checks, limits);
  const score = (candidate: Candidate): number => (limits.safe ? candidate.low : candidate.predicted);
  const chosen = checks.some((check) => check.isGoal)
    ? first
    : fitting.reduce((a, b) => (score(b) > score(a) ? b : a));
  const { alpha, parameters, predicted, low, high } = chosen;
  return { kind: 'chosen', alpha, parameters, predicted, low, high };
}

function impossible(
  sorted: readonly Candidate[],
  smallest: Candidate,
  checks: readonly LimitCheck[],
  limits: Limits,
): Choice {
  const binding = bindingLimits(sorted, checks);
  const missOf = (candidate: Candidate): number =>
    checks.reduce((sum, check) => sum + check.miss(candidate), 0);
  return {
    kind: 'impossible',
    binding: binding.map((check) => describe(check, sorted, binding)),
    nearest: sorted.reduce((a, b) => (missOf(b) < missOf(a) ? b : a), smallest),
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
  return `${check.words}: ${among} ${check.format(check.valueOf(best))} (alpha ${formatFactor(best.alpha)})`;
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
    return [`${verb} ${check.format(check.valueOf(best))} (alpha ${formatFactor(best.alpha)})`];
  });
  const relaxed = { ...limits, safe: false };
  const unsafe = limits.safe ? chooseNetwork(candidates, relaxed) : undefined;
  if (unsafe?.kind === 'chosen') {
    relaxations.push(
      `go without the safety margin (alpha ${formatFactor(unsafe.alpha)}), or train a probe, which narrows the interval`,
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
