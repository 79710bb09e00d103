import { describe, expect, it } from 'vitest';
import { canKillAtSystemCalls, killAtSystemCalls } from './kills/killAtSystemCalls.ts';
import { attackImages } from './mutations/images.ts';
import { attackLibraries } from './mutations/libraries.ts';
import { attackProjects } from './mutations/projects.ts';

const SEED = 20_261_127;

describe('mutated files (npm run attack -- NAME makes more of them)', () => {
  it('of images never crash the decoder, and cut off they are refused or whole', async () => {
    const cut = await attackImages(12, SEED, ['cut']);
    expect(cut.filter(({ wrong }) => wrong > 0)).toEqual([]);
    const others = await attackImages(10, SEED);
    expect(others.every(({ tries, refused, right, wrong }) => tries === refused + right + wrong)).toBe(true);
  }, 60_000);

  it('of libraries are refused, or hold what can be', () => {
    expect(attackLibraries(60, SEED)).toMatchObject({ tries: 60, wrong: 0 });
  }, 60_000);

  it('of projects are refused or read, and never crash', () => {
    const { tries, refused, right, wrong } = attackProjects(30, SEED);
    expect(refused + right + wrong).toBe(tries);
    expect(refused).toBeGreaterThan(0);
  }, 120_000);
});

describe.runIf(canKillAtSystemCalls())('a process killed at a system call', () => {
  it('loses nothing that it had reported', async () => {
    const kills = await killAtSystemCalls([40, 90, 150]);
    expect(kills.filter(({ lost }) => lost.length > 0)).toEqual([]);
    expect(kills.some(({ ended }) => !ended)).toBe(true);
  }, 120_000);
});
