import { expect, it } from 'vitest';
import { choiceWords } from '../../src-renderer/state/use/choiceWords.ts';

const network = { family: 'unet', width: 16, channels: 3, classes: 2, factor: 1 / 8 } as const;
const run = { id: 3, dataset: 'Colon glands', network, seed: 2, fold: null, testDice: 0.921 };

it('tells networks of one size apart by seed and fold', () => {
  expect(choiceWords(run)).toBe('Run 3: Colon glands, U-Net 16, factor 1/8, seed 2, Dice 0.921');
  expect(choiceWords({ ...run, fold: { number: 1, of: 3 } })).toContain('seed 2, fold 1/3, Dice');
});
