import { shown } from '#common/shownText.ts';
import { counted } from '#common/format.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { Command } from '../command.ts';
import { PROJECT, TRAINING } from '../optionSpecs.ts';
import { onePositional, recipeOption } from '../readOptions.ts';
import { runJob } from '../runJob.ts';
import { table } from '../table.ts';

export const complexity: Command = {
  name: 'complexity',
  positionals: 'NAME',
  summary:
    'Measures the complexity of a dataset: the means of its training images, and how segmentable they are.',
  options: {
    ...PROJECT,
    'working-side': {
      ...TRAINING['working-side'],
      value: 'PIXELS',
      help: 'shorter side to which images are resized',
    },
  },
  example: 'ccnet complexity glands --project lab.ccnet',
  run: async (invocation) => {
    const name = onePositional(invocation.positionals, 'the name of a dataset');
    const { workingSide = DEFAULT_RECIPE.workingSide } = recipeOption(invocation.options);
    const json = await runJob('measure-complexity', invocation, ({ datasets }) => ({
      dataset: datasets.named(name).id,
      workingSide,
    }));
    const rows = Object.entries(json.mean).map(([measure, value]) => [measure, value.toPrecision(4)]);
    if (json.segmentability !== null) rows.push(['segmentability', json.segmentability.toPrecision(4)]);
    const head = shown(
      `${json.dataset}: mean over ${counted(json.trainingImages, 'training image')}, recipe ${json.recipe}`,
    );
    return { json, text: `${head}\n${table(['measure', 'mean'], rows)}` };
  },
};
