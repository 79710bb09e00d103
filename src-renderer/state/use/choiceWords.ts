import { formatDice } from '#common/format.ts';
import { formatFactor } from '#common/network/formatFactor.ts';
import type { NetworkChoice } from '#contract/channels.ts';

/** A trained network in a list: also two of one size are told apart, by what they were begun with and which images they were tested on. */
export function choiceWords({ id, dataset, network, seed, fold, testDice }: NetworkChoice): string {
  const tested = fold ? `, fold ${fold.number}/${fold.of}` : '';
  const size = `${network.family} ${network.width}, factor ${formatFactor(network.factor)}`;
  return `Run ${id}: ${dataset}, ${size}, seed ${seed}${tested}, Dice ${formatDice(testDice)}`;
}
