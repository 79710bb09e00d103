import type { AccuracyUnit } from '#common/prediction/accuracyUnit.ts';
import type { AccuracyData, AccuracySources } from './accuracySeries.ts';
import { diceData } from './diceData.ts';
import { shareData } from './shareData.ts';

/** The same prediction and measurements as Dice, or as shares of the full network's accuracy. */
export function accuracyData(unit: AccuracyUnit, sources: AccuracySources): AccuracyData {
  const candidates = [...sources.candidates].sort((a, b) => a.parameters - b.parameters);
  return unit === 'dice' ? diceData({ ...sources, candidates }) : shareData({ ...sources, candidates });
}
