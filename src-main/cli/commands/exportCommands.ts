import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import { resolve } from 'node:path';
import { z } from 'zod';
import { CcnetError } from '#common/errors.ts';
import { foldText } from '#common/dataset/foldText.ts';
import { formatFactor } from '#common/network/factor.ts';
import { shown } from '#common/shownText.ts';
import type { Command } from '../command.ts';
import { FORMATS, PROJECT } from '../optionSpecs.ts';
import { checked, formatsOption, onePositional, requiredOption } from '../readOptions.ts';
import { runJob, withProject } from '../runJob.ts';
import { table } from '../table.ts';
import { PUBLICATION, publicationOption } from '../publicationOption.ts';
import { exportedLines } from './exportedText.ts';
import { unfinishedAnswer } from './unfinishedAnswer.ts';

export const runList: Command = {
  name: 'run list',
  positionals: '',
  summary: 'Lists the trained networks of a project by the number that `ccnet export` takes.',
  options: {
    ...PROJECT,
    unfinished: {
      help: 'list the trainings that did not finish, by the number that `ccnet run resume` takes',
    },
  },
  example: 'ccnet run list --project lab.ccnet',
  run: (invocation) =>
    withProject(invocation, 'read', async (project) => {
      if (invocation.options['unfinished'] === true) return unfinishedAnswer(project);
      const names = new Map(project.datasets.list().map((dataset) => [dataset.id, dataset.name]));
      const json = project.networks.list().map(({ id, datasetId, network, parameters, seed, fold, test }) => {
        const dataset = datasetId === null ? null : (names.get(datasetId) ?? null);
        return { id, dataset, network, parameters, seed, fold, testDice: test.dice };
      });
      const rows = json.map((entry) => [
        String(entry.id),
        entry.dataset ?? '(removed)',
        `${FAMILY_WORDS[entry.network.family].plain} ${entry.network.width}`,
        formatFactor(entry.network.factor),
        entry.parameters.toLocaleString('en-GB'),
        String(entry.seed),
        entry.fold ? foldText(entry.fold) : '-',
        entry.testDice.toFixed(3),
      ]);
      const head = ['run', 'dataset', 'network', 'factor', 'parameters', 'seed', 'fold', 'test Dice'];
      return { json, text: table(head, rows) };
    }),
};

export const exportNetwork: Command = {
  name: 'export',
  positionals: 'RUN',
  summary: 'Exports a trained network and verifies every file by running it again on test images.',
  options: {
    ...PROJECT,
    format: FORMATS,
    out: { value: 'DIR', help: 'folder for the files', required: true },
    ...PUBLICATION,
  },
  example: 'ccnet export 3 --format "onnx,tfjs" --out ./small --project lab.ccnet',
  run: async (invocation) => {
    const word = onePositional(
      invocation.positionals,
      'the number of a trained network (see ccnet run list)',
    );
    if (!/^\d+$/.test(word)) throw new CcnetError('not-a-run-number', { given: word });
    const request = {
      network: checked(z.number().int().positive(), Number(word), () => 'RUN'),
      formats: formatsOption(invocation.options),
      out: resolve(requiredOption(invocation.options, 'out')),
    };
    const publication = publicationOption(invocation.options);
    if (publication) {
      await withProject(invocation, 'write', async ({ settings }) =>
        settings.set('publication', publication),
      );
    }
    const json = await runJob('export', invocation, () => request);
    return { json, text: exportedLines(json).join('\n') };
  },
};

export const report: Command = {
  name: 'report',
  positionals: 'NAME',
  summary:
    'Writes the self-contained HTML report of a dataset: complexity, prediction, choice, outcome, examples.',
  options: { ...PROJECT, out: { value: 'FILE.html', help: 'file to write', required: true } },
  example: 'ccnet report glands --out glands.html --project lab.ccnet',
  run: async (invocation) => {
    const name = onePositional(invocation.positionals, 'the name of a dataset');
    const out = resolve(requiredOption(invocation.options, 'out'));
    const json = await runJob('report', invocation, ({ datasets }) => ({
      dataset: datasets.named(name).id,
      out,
    }));
    return { json, text: shown(`Report: ${json.file}`) };
  },
};
