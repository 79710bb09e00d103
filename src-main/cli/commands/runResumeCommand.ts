import { z } from 'zod';
import { CcnetError } from '#common/errors.ts';
import { resumeTraining } from '../../jobs/training/resumeTraining.ts';
import type { Command } from '../command.ts';
import { PROJECT, TRAINING } from '../optionSpecs.ts';
import { checked, deviceOption, onePositional } from '../readOptions.ts';
import { requireKnownServers, withProject } from '../runJob.ts';

export const runResume: Command = {
  name: 'run resume',
  positionals: 'TRAINING',
  summary:
    'Takes up an unfinished training after its last finished epoch, on the same or another device; the run then names both.',
  options: {
    ...PROJECT,
    ...Object.fromEntries(
      Object.entries(TRAINING).filter(([name]) => name === 'device' || name === 'threads'),
    ),
  },
  example: 'ccnet run resume 7 --device native --project lab.ccnet',
  run: async (invocation) => {
    const { positionals, options, signal, onProgress } = invocation;
    const word = onePositional(positionals, 'the number of a training (see ccnet run list --unfinished)');
    if (!/^\d+$/.test(word)) {
      throw new CcnetError('not-a-training-number', { given: word });
    }
    const training = checked(z.number().int().positive(), Number(word), () => 'TRAINING');
    const request = { training, ...deviceOption(options) };
    const json = await withProject(invocation, 'write', async (project) => {
      const dataset = project.trainings.list().find(({ id }) => id === training)?.datasetId;
      await requireKnownServers(invocation, project, (id) => id === dataset);
      return resumeTraining(request, project).run(signal, onProgress);
    });
    const text = [
      `Training ${training} is finished: run ${json.network}, test Dice ${json.testDice.toFixed(3)}${json.learnt ? '' : ' (it has not learnt)'}.`,
      `Computed by ${json.engine}.`,
      'The calibrate or compress command that it belongs to finds it when it is run again.',
    ];
    return { json, text: text.join('\n') };
  },
};
