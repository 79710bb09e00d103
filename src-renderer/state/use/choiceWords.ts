import { formatDice } from '#common/format.ts';
import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import { formatFactor } from '#common/network/formatFactor.ts';
import type { NetworkChoice } from '#contract/channels.ts';

/** A trained network in a list: also two of one size are told apart, by what they were begun with and which images they were tested on. */
export function choiceWords({ id, dataset, network, seed, fold, testDice }: NetworkChoice): string {
  const tested = fold ? `, fold ${fold.number}/${fold.of}` : '';
  const size = `${FAMILY_WORDS[network.family].plain} ${network.width}, factor ${formatFactor(network.factor)}`;
  return `Run ${id}: ${dataset}, ${size}, seed ${seed}${tested}, Dice ${formatDice(testDice)}`;
}
