import { expect, it } from 'vitest';
import { fuzzReaders } from './support/fuzzReaders.ts';

// node scripts/fuzzReaders.ts goes through thousands.
it('files that were changed at random are read or refused, and nothing else happens', async () => {
  const { faults, refused, read } = await fuzzReaders(390, 20_261_127);
  expect(faults).toEqual([]);
  expect(refused).toBeGreaterThan(40);
  expect(read).toBeGreaterThan(40);
}, 300_000);
