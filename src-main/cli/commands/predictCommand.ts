import type { Command } from '../command.ts';
import { LIMITS, NETWORK, PROJECT, TRAINING } from '../optionSpecs.ts';
import { runJob } from '../runJob.ts';
import { predictionExit, predictionText } from './predictionText.ts';
import { question } from './question.ts';

export const predict: Command = {
  name: 'predict',
  positionals: 'NAME',
  summary:
    'Predicts the accuracy of every size of a network on a dataset from the calibration runs of other datasets, without training, and names the smallest that meets the limits.',
  options: {
    ...PROJECT,
    ...NETWORK,
    ...LIMITS,
    'working-side': {
      ...TRAINING['working-side'],
      value: 'PIXELS',
      help: 'shorter side to which images are resized',
    },
  },
  example: 'ccnet predict glands --network unet --retain 0.95 --project lab.ccnet',
  run: async (invocation) => {
    const { name, ...asked } = question(invocation);
    const json = await runJob('predict', invocation, ({ datasets }) => ({
      ...asked,
      dataset: datasets.named(name).id,
    }));
    return { json, text: predictionText(json, invocation), exitCode: predictionExit(json) };
  },
};
