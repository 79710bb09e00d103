/** What accuracy is told in: as a share of the full network's Dice, or as Dice itself. */
export type AccuracyUnit = 'share' | 'dice';
