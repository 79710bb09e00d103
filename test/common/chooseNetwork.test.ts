import { describe, expect, it } from 'vitest';
import { failing } from '../failing.ts';
import { choiceSchema, limitsSchema, type Candidate, type Limits } from '#common/prediction/prediction.ts';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { storedChoice } from '#common/prediction/storedChoice.ts';

const CANDIDATES: Candidate[] = [
  [1, 0.9],
  [1 / 2, 0.89],
  [1 / 4, 0.87],
  [1 / 8, 0.84],
  [1 / 16, 0.79],
].map(([alpha = 1, predicted = 0]) => ({
  alpha,
  parameters: Math.round(31_045_506 * alpha ** 2),
  predicted,
  low: predicted - 0.04,
  high: predicted + 0.04,
  macs: 1e9 * alpha ** 2,
  activationBytes: 8e6 * alpha,
  fileBytes: 4 * Math.round(31_045_506 * alpha ** 2),
  latencyMs: 100 * alpha,
  retained: predicted / 0.9,
  retainedLow: predicted / 0.9 - 0.02,
}));

function choose(limits: Partial<Limits>, candidates = CANDIDATES): ReturnType<typeof chooseNetwork> {
  return chooseNetwork(candidates, limitsSchema.parse(limits));
}

describe('the choice of a network', () => {
  it.each<[string, Partial<Limits>, number]>([
    ['retained accuracy', { retain: 0.95 }, 1 / 4],
    ['retained accuracy by its lower bound', { retain: 0.95, safe: true }, 1 / 2],
    ['absolute Dice', { minDice: 0.83 }, 1 / 8],
    ['absolute Dice by its lower bound', { minDice: 0.83, safe: true }, 1 / 4],
    ['the harder of two goals', { retain: 0.85, minDice: 0.88 }, 1 / 2],
    ['a goal under a ceiling', { minDice: 0.78, maxParameters: 200_000 }, 1 / 16],
  ])('is the smallest that meets %s', (_what, limits, alpha) => {
    expect(choose(limits)).toMatchObject({ kind: 'chosen', candidate: { alpha } });
  });

  it('is the most accurate under the ceilings when no accuracy is asked for', () => {
    expect(choose({ maxLatencyMs: 30 })).toMatchObject({ kind: 'chosen', candidate: { alpha: 1 / 4 } });
    expect(choose({})).toMatchObject({ kind: 'chosen', candidate: { alpha: 1 } });
  });

  it('does not depend on the order of the candidates', () => {
    expect(choose({ retain: 0.95 }, [...CANDIDATES].reverse())).toEqual(choose({ retain: 0.95 }));
  });

  it('names the one limit that nothing meets, and what would do', () => {
    expect(choose({ minDice: 0.95, maxParameters: 1e9 })).toMatchObject({
      kind: 'impossible',
      unmet: ['minDice'],
      binding: ['at least Dice 0.95: the best is Dice 0.9 (factor 1)'],
      nearest: { alpha: 1 },
      advice: 'Ask for no more than Dice 0.9 (factor 1).',
    });
  });

  it('says with which chance the best is reached, where that is not the prediction itself', () => {
    const sized = CANDIDATES.map((one) => ({ ...one, likely: one.predicted - 0.01 }));
    expect(choose({ minDice: 0.95 }, sized)).toMatchObject({
      binding: ['at least Dice 0.95: the best is Dice 0.89, with a chance of 67 % (factor 1)'],
    });
  });

  it('names the limits that contradict each other, with numbers, and the least relaxation of each', () => {
    const choice = choose({ retain: 0.95, maxParameters: 500_000, maxMemory: 1e9 });
    expect(choice).toMatchObject({
      kind: 'impossible',
      binding: [
        "at least 95 % of the base network's accuracy retained: at most 500,000 parameters leaves 93.3 % of the base network's accuracy retained (factor 1/8)",
        "at most 500,000 parameters: at least 95 % of the base network's accuracy retained leaves 1,940,344 parameters (factor 1/4)",
      ],
      advice:
        "Ask for no more than 93.3 % of the base network's accuracy retained (factor 1/8); or allow 1,940,344 parameters (factor 1/4).",
    });
  });

  it('advises a value that is met when it is asked for', () => {
    const choice = choose({ retain: 0.95, maxParameters: 500_000 });
    expect(choice.kind).toBe('impossible');
    expect(choose({ retain: 0.933, maxParameters: 500_000 })).toMatchObject({
      kind: 'chosen',
      candidate: { alpha: 1 / 8 },
    });
    expect(choose({ retain: 0.95, maxParameters: 1_940_344 })).toMatchObject({
      kind: 'chosen',
      candidate: { alpha: 1 / 4 },
    });
  });

  it('offers to go without the safety margin when only that stands in the way', () => {
    const choice = choose({ minDice: 0.88, safe: true });
    expect(choice).toMatchObject({ kind: 'impossible' });
    expect(choice.kind === 'impossible' ? choice.advice : '').toContain(
      'go without the safety margin (factor 1/2)',
    );
  });

  it('counts 0.05 Dice as much as a doubling when it looks for the nearest', () => {
    // 1/8 misses the goal by .01; 1/4 misses the ceiling by a factor of nearly 4.
    expect(choose({ minDice: 0.85, maxParameters: 500_000 })).toMatchObject({ nearest: { alpha: 1 / 8 } });
    // 1/16 misses the goal by .11; 1/8 misses the ceiling by 1.2.
    expect(choose({ minDice: 0.84, maxParameters: 400_000 })).toMatchObject({ nearest: { alpha: 1 / 8 } });
  });

  it('calls that size nearest which misses fewest limits, however far', () => {
    // 1/4 misses all three, the ceilings by a little (1.5 together); 1/8 the goal alone, but by 2.
    const limits = { minDice: 0.94, maxParameters: 1_900_000, maxBytes: 7_700_000 };
    expect(choose(limits)).toMatchObject({ nearest: { alpha: 1 / 8 }, unmet: ['minDice'] });
  });

  it.each([{ maxBytes: 100_000 }, { maxMemory: 1000 }])(
    'advises sizes in megabytes that are met: %o',
    (limits) => {
      const choice = choose({ ...limits, retain: 0.8 });
      const advice = choice.kind === 'impossible' ? choice.advice : '';
      const megabytes = Number(/allow ([\d.]+) MB/.exec(advice.toLowerCase().replace('mb', 'MB'))?.[1]);
      const [name = ''] = Object.keys(limits);
      expect(choose({ retain: 0.8, [name]: Math.round(megabytes * 1e6) })).toMatchObject({ kind: 'chosen' });
    },
  );

  it('names the limits that even the nearest misses', () => {
    expect(choose({ retain: 0.95, maxParameters: 500_000, maxMemory: 1e9 })).toMatchObject({
      nearest: { alpha: 1 / 8 },
      unmet: ['retain'],
    });
  });

  it('cannot be made under a latency limit before latency was measured', () => {
    const unmeasured = CANDIDATES.map((candidate) => ({ ...candidate, latencyMs: null }));
    expect(choose({ maxLatencyMs: 10 }, unmeasured)).toEqual({ kind: 'unmeasured' });
    expect(choose({ retain: 0.9 }, unmeasured).kind).toBe('chosen');
  });

  it('cannot be made from nothing', () => {
    expect(choose({}, [])).toEqual({ kind: 'empty' });
  });

  it('never falls on a size that was not asked about, nor waits for its latency', () => {
    const base = CANDIDATES.slice(0, 1).map((one) => ({ ...one, offered: false, latencyMs: null }));
    const asked = CANDIDATES.slice(1).map((one) => ({ ...one, offered: true }));
    expect(choose({ retain: 1 }, [...base, ...asked])).toMatchObject({ nearest: { alpha: 1 / 2 } });
    expect(choose({ maxLatencyMs: 1e3 }, [...base, ...asked])).toMatchObject({ candidate: { alpha: 1 / 2 } });
    expect(choose({}, base)).toEqual({ kind: 'empty' });
  });
});

describe('a choice as it is stored', () => {
  it('holds the chosen size with its interval', () => {
    expect(storedChoice(choose({ retain: 0.95 }))).toEqual({
      kind: 'chosen',
      alpha: 1 / 4,
      parameters: 1_940_344,
      predicted: 0.87,
      low: 0.87 - 0.04,
      high: 0.87 + 0.04,
    });
  });

  it('holds why nothing was chosen, as a schema reads it back', () => {
    const stored = storedChoice(choose({ minDice: 0.95 }));
    expect(stored).toMatchObject({ kind: 'impossible', binding: [expect.any(String)] });
    expect(choiceSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  it.each([
    [{ kind: 'empty' }, 'nothing-to-choose-from'],
    [{ kind: 'unmeasured' }, 'latency-not-measured'],
  ] as const)('does not exist where it is %j', (answer, code) => {
    expect(() => storedChoice(answer)).toThrow(failing(code));
  });
});
