import { expect, it } from 'vitest';
import { attackContents, type Used } from './contents/contents.ts';

const TRIES = 8;

// Also under the sanitizers: what is not refused goes through the addon.
it('a project with any of its values changed is used, or refused in words', async () => {
  const all: Used[] = [];
  const numbers = Array.from({ length: TRIES }, (_, index) => index);
  await attackContents(numbers, 20_261_127, (used) => all.push(used));
  expect(all.filter(({ ended }) => ended === 'fault' || ended === 'steered')).toEqual([]);
  expect(new Set(all.map(({ number }) => number)).size).toBe(TRIES);
  expect(all.some(({ ended }) => ended === 'refused')).toBe(true);
  expect(all.some(({ ended }) => ended === 'worked')).toBe(true);
}, 300_000);
