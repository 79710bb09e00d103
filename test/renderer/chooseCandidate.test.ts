import { describe, expect, it } from 'vitest';
import type { Limits } from '#common/prediction/prediction.ts';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { chooseCandidate } from '../../src-renderer/state/wizard/chooseCandidate.ts';
import { fakeCandidates } from './fake/fakeLibrary.ts';
import { numbers } from './fake/fakeImages.ts';

const CANDIDATES = fakeCandidates(true);

describe('the choice in the window', () => {
  it('agrees with the main process under any limits', () => {
    const random = numbers(3);
    const maybe = (least: number, most: number): number | undefined =>
      random() < 0.5 ? undefined : least + random() * (most - least);
    let chosen = 0;
    for (let i = 0; i < 2000; i += 1) {
      const drawn = {
        retain: maybe(0.8, 1),
        minDice: maybe(0.7, 0.95),
        maxParameters: maybe(1e3, 3e6),
        maxBytes: maybe(1e4, 1e7),
        maxLatencyMs: maybe(2, 80),
        maxMemory: maybe(5e5, 5e7),
      };
      const given = Object.entries(drawn).filter(([, value]) => value !== undefined);
      const limits = { ...Object.fromEntries(given), safe: random() < 0.5 } as Limits;
      const here = chooseCandidate(CANDIDATES, limits);
      const there = chooseNetwork(CANDIDATES, limits);
      expect(here.kind).toBe(there.kind);
      if (here.kind === 'chosen' && there.kind === 'chosen') {
        chosen += 1;
        expect(here.candidate.alpha).toBe(there.alpha);
      }
      if (here.kind === 'impossible' && there.kind === 'impossible') {
        expect(here.nearest.alpha).toBe(there.nearest.alpha);
      }
    }
    expect(chosen).toBeGreaterThan(200);
  });

  it('asks for a measurement when time is limited and was not measured', () => {
    expect(chooseCandidate(fakeCandidates(false), { maxLatencyMs: 10, safe: false }).kind).toBe('unmeasured');
  });

  it('names what even the nearest size misses', () => {
    const choice = chooseCandidate(CANDIDATES, { minDice: 0.99, maxBytes: 1e8, safe: false });
    expect(choice).toMatchObject({ kind: 'impossible', unmet: ['minDice'], nearest: { alpha: 1 } });
  });

  it('is empty without sizes', () => {
    expect(chooseCandidate([], { safe: false })).toEqual({ kind: 'empty' });
  });
});
