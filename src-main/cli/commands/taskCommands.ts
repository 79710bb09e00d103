import { resolve } from 'node:path';
import { counted } from '#common/format.ts';
import { problemOf } from '#common/failures/failures.ts';
import { shown } from '#common/shownText.ts';
import { SweepFolder } from '../../cluster/sweepFolder.ts';
import { cancelSweep } from '../../jobs/cluster/cancelSweep.ts';
import { mergeSweep } from '../../jobs/cluster/mergeSweep.ts';
import { runTask } from '../../jobs/cluster/runTask.ts';
import { requireKnownServer } from '../../files/requireKnownServer.ts';
import type { Command } from '../command.ts';
import { failureJson } from '../failureText.ts';
import { namedServers } from '../namedServers.ts';
import { NEW_PROJECT, TRAINING } from '../optionSpecs.ts';
import { deviceOption, onePositional } from '../readOptions.ts';
import { withProject } from '../runJob.ts';

export const taskRun: Command = {
  name: 'task run',
  positionals: 'FILE',
  summary:
    'Computes one training of a sweep that was written for a cluster, from its last epoch where it stopped, and writes the result beside it. Any scheduler can run it; no project is opened.',
  options: Object.fromEntries(Object.entries(TRAINING).filter(([name]) => name === 'threads')),
  example: 'ccnet task run lab.sweeps/3f2a90c1d47e/tasks/000/000017.json --threads 4',
  run: async ({ positionals, options, signal, onProgress }) => {
    const file = resolve(onePositional(positionals, 'the file of a task'));
    const { threads } = deviceOption(options);
    const servers = await namedServers({ positionals, options });
    const requireKnown = (root: string) => requireKnownServer(root, file, servers);
    const json = await runTask(file, { threads, signal, onProgress, requireKnown });
    const what = `${json.dataset} at factor ${json.factor}${json.fold === '' ? '' : `, fold ${json.fold}`}`;
    const dice = `test Dice ${json.testDice.toFixed(3)}${json.learnt ? '' : ' (it has not learnt)'}`;
    const there = json.trained ? '' : ' (it was there already)';
    return { json, text: shown(`Task ${json.task}, ${what}: ${dice}${there}.\n${json.file}`, '\n') };
  },
};

export const taskMerge: Command = {
  name: 'task merge',
  positionals: 'DIR',
  summary:
    "Takes the results of a sweep's folder into a project, each once however often it is asked. With the dataset in the project the trained networks come too, else the runs as those of a library.",
  options: NEW_PROJECT,
  example: 'ccnet task merge lab.sweeps/3f2a90c1d47e --project lab.ccnet',
  run: (invocation) =>
    withProject(invocation, 'create', async (project) => {
      const folder = new SweepFolder(onePositional(invocation.positionals, 'the folder of a sweep'));
      const merged = [...(await mergeSweep(project, folder))];
      const count = (as: string): number => merged.filter(([, one]) => one.as === as).length;
      const refused = merged.flatMap(([task, one]) =>
        one.as === 'refused' ? [{ task, failure: one.failure }] : [],
      );
      return {
        json: {
          stored: count('stored'),
          known: count('known'),
          refused: refused.map(({ task, failure }) => ({ task, ...failureJson(failure) })),
        },
        text: [
          `${counted(count('stored'), 'result')} taken in, ${count('known')} there already.`,
          ...refused.map(({ failure }) => `refused: ${problemOf(failure)}`),
        ].join('\n'),
      };
    }),
};

export const taskCancel: Command = {
  name: 'task cancel',
  positionals: 'DIR',
  summary:
    'Cancels what of a sweep still waits or runs on the cluster. What was finished stays, and the calibrate command that made the sweep submits the rest again.',
  options: {},
  example: 'ccnet task cancel lab.sweeps/3f2a90c1d47e',
  run: async ({ positionals }) => {
    const folder = new SweepFolder(onePositional(positionals, 'the folder of a sweep'));
    const cancelled = await cancelSweep(folder);
    return { json: { cancelled }, text: `${counted(cancelled, 'training')} cancelled.` };
  },
};
