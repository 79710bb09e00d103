import { describe, expect, it } from 'vitest';
import { heldDatasets } from '#common/calibration/heldDatasets.ts';
import { exampleNetwork, exampleRun } from '../project/examples.ts';

const network = (factor: number) => ({ ...exampleNetwork, factor });

describe('what a project holds of calibrated datasets', () => {
  it('is told dataset by dataset: from where, which widths, and the accuracy of the widest that learnt', () => {
    const held = heldDatasets(
      [
        { origin: 'starter', run: exampleRun({ network: network(1 / 4), testDice: 0.7, seed: 1 }) },
        { origin: 'own', run: exampleRun({ network: network(1 / 2), testDice: 0.8, seed: 1 }) },
        { origin: 'own', run: exampleRun({ network: network(1 / 2), testDice: 0.9, seed: 2 }) },
        { origin: 'own', run: exampleRun({ network: network(1), testDice: 0, learnt: false }) },
      ],
      [],
    );
    expect(held).toMatchObject([
      {
        origins: ['own', 'starter'],
        runs: 4,
        sound: 3,
        widths: [{ family: 'unet', widths: [4, 8, 16] }],
        segmentability: null,
      },
    ]);
    expect(held[0]?.dice).toBeCloseTo(0.85, 12);
  });
});
