import { describe, expect, it } from 'vitest';
import { attackNetworkFiles, attackStoredNetworks } from './mutations/networks.ts';

// Also under the sanitizers: what is not refused goes through the addon.
describe('networks with other tensors, and the checksum that fits them', () => {
  it.each([
    ['in files', attackNetworkFiles],
    ['in projects', attackStoredNetworks],
  ])(
    '%s are refused or say probabilities, and never crash',
    async (_where, attack) => {
      const { tries, refused, right, wrong } = await attack(22, 20_261_127);
      expect(refused + right + wrong).toBe(tries);
      expect(refused).toBeGreaterThan(tries / 3);
    },
    60_000,
  );
});
