import { describe, expect, it } from 'vitest';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { afterProbe, sizeChances } from '#common/prediction/jointDice.ts';
import { nextProbe, probeWords } from '#common/prediction/nextProbe.ts';
import { limitsSchema, type Candidate, type JointDice, type Limits } from '#common/prediction/prediction.ts';

const ALPHAS = [1, 1 / 2, 1 / 4, 1 / 8];
const MEAN = [0.85, 0.84, 0.82, 0.79];

/** Level common to all sizes, and a drop that grows towards narrow ones, both uncertain. */
function jointOf(level: number, drop: number): JointDice {
  const slope = (alpha: number): number => 0.5 * (1 / alpha - 1);
  return {
    alphas: ALPHAS,
    mean: MEAN,
    covariance: ALPHAS.map((a) => ALPHAS.map((b) => level ** 2 + drop ** 2 * slope(a) * slope(b))),
    probeVariance: 0.02 ** 2,
  };
}

function candidatesOf(joint: JointDice, seconds = (alpha: number): number => 100 * alpha): Candidate[] {
  return ALPHAS.map((alpha, i) => {
    const chances = sizeChances(joint, i);
    const half = 1.6 * Math.sqrt(joint.covariance[i]?.[i] ?? 0);
    return {
      alpha,
      parameters: Math.round(1e6 * alpha ** 2),
      ...chances,
      low: chances.predicted - half,
      high: chances.predicted + half,
      macs: 1e9,
      activationBytes: 8e6 * alpha,
      fileBytes: 4e6 * alpha ** 2,
      latencyMs: 100 * alpha,
      retainedLow: 0,
      forecast: { seconds: seconds(alpha), low: 0, high: 1000, peakBytes: null },
    };
  });
}

const ask = (
  limits: Partial<Limits>,
  joint: JointDice,
  candidates = candidatesOf(joint),
  measured: number[] = [],
) => nextProbe({ candidates, joint, limits: limitsSchema.parse(limits), measured });

describe('a probe', () => {
  it('moves and settles every size as two normal distributions are joined', () => {
    const joint = jointOf(0.1, 0);
    const after = afterProbe(joint, 3, 1);
    // Known level: prior variance 0.01, probe variance 0.0004.
    const deviation = Math.sqrt(0.01 + 0.0004);
    expect(after.mean[0]).toBeCloseTo(0.85 + (0.01 / (0.01 + 0.0004)) * deviation, 12);
    expect(after.covariance[0]?.[0]).toBeCloseTo((0.01 * 0.0004) / (0.01 + 0.0004), 12);
  });

  it('is advised where the drop is uncertain, at the very size that would be chosen', () => {
    const joint = jointOf(0.05, 0.015);
    const now = chooseNetwork(candidatesOf(joint), limitsSchema.parse({ retain: 0.95 }));
    expect(now).toMatchObject({ kind: 'chosen', candidate: { alpha: 1 / 4 } });
    const advice = ask({ retain: 0.95 }, joint);
    expect(advice?.alpha).toBe(1 / 4);
    expect(advice?.seconds).toBe(25);
    expect(advice?.changes).toBeGreaterThan(0.2);
    expect(advice?.outcomes.length).toBeGreaterThan(1);
  });

  it('is the next larger one where that size was measured already, and the next smaller where it is the full network', () => {
    expect(ask({ retain: 0.95 }, jointOf(0.05, 0.015), undefined, [1 / 4])?.alpha).toBe(1 / 2);
    expect(ask({ minDice: 0.848 }, jointOf(0.002, 0.06))?.alpha).toBe(1 / 2);
  });

  it('is not advised where the choice is sure', () => {
    expect(ask({ retain: 0.95 }, jointOf(0.05, 0.0005))).toBeNull();
    expect(ask({ retain: 0.5 }, jointOf(0.02, 0.005))).toBeNull();
  });

  it('is not advised where a ceiling blocks, which no accuracy lifts', () => {
    const limits = limitsSchema.parse({ maxParameters: 10 });
    const joint = jointOf(0.1, 0.03);
    expect(chooseNetwork(candidatesOf(joint), limits).kind).toBe('impossible');
    expect(ask(limits, joint)).toBeNull();
  });

  it('is advised where an accuracy goal blocks that may be met after all', () => {
    const joint = jointOf(0.1, 0.01);
    const limits = limitsSchema.parse({ minDice: 0.86 });
    const candidates = candidatesOf(joint);
    const now = chooseNetwork(candidates, limits);
    expect(now.kind).toBe('impossible');
    const advice = ask(limits, joint);
    expect(advice).not.toBeNull();
    if (advice) expect(probeWords(advice, now)).toContain('Whether some size meets the goal');
  });

  it('says that the interval is too wide to choose by, before anything is trained', () => {
    const joint = jointOf(0.1, 0.015);
    const candidates = candidatesOf(joint);
    const limits = limitsSchema.parse({ retain: 0.95 });
    const advice = ask(limits, joint);
    if (!advice) throw new Error('no advice');
    expect(probeWords(advice, chooseNetwork(candidates, limits))).toMatch(
      /^The interval is too wide to choose by\. A probe, which trains factor 1\/4 .* about 25 s here,/,
    );
  });
});
