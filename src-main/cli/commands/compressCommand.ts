import { resolve } from 'node:path';
import { z } from 'zod';
import { EXIT } from '#common/exitCodes.ts';
import { nextSize, nextSizeWords } from '#common/prediction/nextSize.ts';
import type { Command } from '../command.ts';
import { FORMATS, LIMITS, NETWORK, PROJECT, TRAINING } from '../optionSpecs.ts';
import {
  checked,
  deviceOption,
  formatsOption,
  numberOption,
  recipeOption,
  requiredOption,
} from '../readOptions.ts';
import { runJob } from '../runJob.ts';
import { outcomeText } from './outcomeText.ts';
import { predictionExit, predictionText, probeLine } from './predictionText.ts';
import { question } from './question.ts';

export const compress: Command = {
  name: 'compress',
  positionals: 'NAME',
  summary:
    'Predicts, chooses the smallest network that meets the limits, trains it, tests it on the test split, exports and verifies it, and writes the report.',
  options: {
    ...PROJECT,
    out: { value: 'DIR', help: 'folder for the exported network and the report', required: true },
    ...NETWORK,
    ...LIMITS,
    format: FORMATS,
    seed: { value: 'N', help: 'seed of the training', default: '1' },
    'verify-goal': {
      help: 'also train the full network, and say whether the goal was met on the same test images',
    },
    ...TRAINING,
  },
  example: 'ccnet compress glands --retain 0.95 --out ./small --project lab.ccnet',
  run: async (invocation) => {
    const { options } = invocation;
    const { name, ...asked } = question(invocation);
    const training = {
      recipe: recipeOption(options),
      ...deviceOption(options),
      seed: checked(
        z.number().int().min(0).max(0xffffffff),
        numberOption(options, 'seed') ?? 1,
        () => '--seed',
      ),
      formats: formatsOption(options),
      verifyGoal: options['verify-goal'] === true,
      out: resolve(requiredOption(options, 'out')),
    };
    const json = await runJob('compress', invocation, ({ datasets }) => ({
      ...asked,
      ...training,
      dataset: datasets.named(name).id,
    }));
    const { prediction, outcome } = json;
    const next =
      outcome && nextSize(prediction.candidates, outcome.alpha, outcome.predicted, outcome.measured.dice);
    const text = [
      predictionText(prediction, invocation),
      ...(outcome ? [outcomeText(outcome)] : []),
      ...(next ? [nextSizeWords(next), `  ${probeLine(prediction.dataset, next.alpha, invocation)}`] : []),
    ].join('\n');
    const missed = json.outcome?.goal.kind === 'missed';
    return { json, text, exitCode: missed ? EXIT.limits : predictionExit(json.prediction) };
  },
};
