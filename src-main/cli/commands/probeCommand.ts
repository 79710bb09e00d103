import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { trainableRecipe } from '#common/training/trainableRecipe.ts';
import type { Command } from '../command.ts';
import { PROBE } from '../optionSpecs.ts';
import { alphasOption, deviceOption, textOption } from '../readOptions.ts';
import { runJob } from '../runJob.ts';
import { predictionExit, predictionText } from './predictionText.ts';
import { question } from './question.ts';

export const probe: Command = {
  name: 'probe',
  positionals: 'NAME',
  summary:
    'Trains a small network on the dataset itself, in the way in which the other datasets were calibrated, and predicts again with what it showed: the cheapest one that could change the choice, or those that are named.',
  options: PROBE,
  example: 'ccnet probe glands --retain 0.95 --project lab.ccnet',
  run: async (invocation) => {
    const { options } = invocation;
    const { name, ...asked } = question(invocation);
    const at = textOption(options, 'at');
    const predict = () =>
      runJob('predict', invocation, ({ datasets }) => ({ ...asked, dataset: datasets.named(name).id }));
    const before = await predict();
    const advised = before.nextProbe ? [before.nextProbe.alpha] : [];
    const alphas = at === undefined ? advised : alphasOption({ alphas: at });
    if (alphas.length === 0) {
      const text = `${predictionText(before, invocation)}\nNo probe is likely to change that, so none was trained.`;
      return { json: { prediction: before, probes: [] }, text, exitCode: predictionExit(before) };
    }
    const { family, width } = asked;
    const { runs } = await runJob('calibrate', invocation, ({ datasets }) => ({
      datasets: [datasets.named(name).id],
      ...{ family, width, alphas, seeds: [1] },
      recipe: trainableRecipe(before.recipe),
      ...deviceOption(options),
    }));
    const after = await predict();
    const chosen = (of: typeof after): number | null => {
      const answer = chooseNetwork(of.candidates, of.limits);
      return answer.kind === 'chosen' ? answer.candidate.alpha : null;
    };
    const same = chosen(before) === chosen(after);
    return {
      json: { prediction: after, probes: runs },
      text: `${predictionText(after, invocation)}\nThe probe ${same ? 'leaves the choice as it was' : 'changed the choice'}.`,
      exitCode: predictionExit(after),
    };
  },
};
