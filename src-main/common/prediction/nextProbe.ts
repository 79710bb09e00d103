import { formatDuration } from '../format.ts';
import { formatFactor } from '../network/formatFactor.ts';
import { chooseNetwork, type NetworkAnswer } from './chooseNetwork.ts';
import { afterProbe, sizeChances } from './jointDice.ts';
import { offeredCandidates } from './offeredCandidates.ts';
import type { Candidate, JointDice, Limits } from './prediction.ts';
import { intervalWidth, WIDEST_TESTABLE_INTERVAL } from './verdict.ts';

/** A training on the user's own images that could change the choice. */
export interface ProbeAdvice {
  /** The size to train. */
  readonly alpha: number;
  /** Of its training on this machine; null where that is not known. */
  readonly seconds: number | null;
  /** Chance that the choice is another one afterwards. */
  readonly changes: number;
  /** The sizes that may be chosen afterwards, smallest first; empty where none may be. */
  readonly outcomes: readonly number[];
}

/** Equally likely results of a probe, in standard deviations: the middle of each ninth of the normal distribution. */
const RESULTS = [-1.593, -0.967, -0.589, -0.282, 0, 0.282, 0.589, 0.967, 1.593];
/** A probe that changes the choice more seldom is not worth its time. */
const LEAST_CHANCE = 0.2;

export interface ProbeQuestion {
  readonly candidates: readonly Candidate[];
  readonly joint: JointDice;
  readonly limits: Limits;
  /** Sizes that were measured on these images already. */
  readonly measured: readonly number[];
}

/**
 * The cheapest probe that is worth its time: the choice itself, whose training is not lost when it stays, or else the next larger. Each that was not
 * measured yet is imagined to be trained with nine equally likely results, and the choice is made anew after each. Probes far from the choice say less
 * about it than they cost (docs/prediction.md). Ceilings that no size meets stay unmet whatever a probe shows, so nothing is advised there.
 * @returns null where no probe is likely to change anything
 */
export function nextProbe({ candidates, joint, limits, measured }: ProbeQuestion): ProbeAdvice | null {
  const now = chooseNetwork(candidates, limits);
  if (now.kind === 'empty' || now.kind === 'unmeasured') return null;
  const before = chosenAlpha(now);
  for (const candidate of nearTheChoice(candidates, now)) {
    const { alpha } = candidate;
    const place = joint.alphas.indexOf(alpha);
    if (place === -1 || measured.includes(alpha)) continue;
    const answers = RESULTS.map((surprise) =>
      answerAfter(candidates, afterProbe(joint, place, surprise), limits),
    );
    const changes = answers.filter((answer) => answer !== before).length / RESULTS.length;
    if (changes < LEAST_CHANCE) continue;
    const outcomes = [...new Set(answers)].filter((answer) => answer !== null).sort((a, b) => a - b);
    return { alpha, seconds: candidate.forecast?.seconds ?? null, changes, outcomes };
  }
  return null;
}

/** Whether the chosen size's interval is so wide that nearly every accuracy lies in it. */
export function tooVagueToChoose(now: NetworkAnswer): boolean {
  return now.kind === 'chosen' && intervalWidth(now.candidate) > WIDEST_TESTABLE_INTERVAL;
}

/** What is not known yet and what a probe would do about it, for people: the same in the window, the report and the command line. */
export function probeWords(advice: ProbeAdvice, now: NetworkAnswer): string {
  const { alpha, seconds, changes, outcomes } = advice;
  const vague = tooVagueToChoose(now)
    ? 'The interval is too wide to choose by. '
    : now.kind === 'impossible'
      ? 'Whether some size meets the goal after all is not certain. '
      : 'Which size is the smallest is not certain. ';
  const takes = seconds === null ? '' : `, about ${formatDuration(seconds)} here,`;
  const between = outcomes.length > 1 ? ` (between factor ${listed(outcomes.map(formatFactor))})` : '';
  return `${vague}A probe, which trains factor ${formatFactor(alpha)} on your own images${takes} changes the choice in about ${Math.round(10 * changes)} of 10 cases${between}.`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/**
 * The size that is chosen, or the nearest to it, then the next larger one. Narrower ones are left out: on the study's datasets their probes made choices
 * worse, because narrow networks fail by chance. Where the full network is chosen, of which every share is 1, it is the next smaller.
 */
function nearTheChoice(candidates: readonly Candidate[], now: NetworkAnswer): Candidate[] {
  if (now.kind !== 'chosen' && now.kind !== 'impossible') return [];
  const centre = now.kind === 'chosen' ? now.candidate : now.nearest;
  const sorted = offeredCandidates(candidates).sort((a, b) => a.parameters - b.parameters);
  const place = sorted.findIndex(({ alpha }) => alpha === centre.alpha);
  const order = centre.alpha === 1 ? [place - 1] : [place, place + 1];
  return order.flatMap((index) => sorted[index] ?? []);
}

function answerAfter(candidates: readonly Candidate[], joint: JointDice, limits: Limits): number | null {
  const changed = candidates.map((candidate) => {
    const place = joint.alphas.indexOf(candidate.alpha);
    return place === -1 ? candidate : { ...candidate, ...sizeChances(joint, place) };
  });
  return chosenAlpha(chooseNetwork(changed, limits));
}

const chosenAlpha = (answer: NetworkAnswer): number | null =>
  answer.kind === 'chosen' ? answer.candidate.alpha : null;
