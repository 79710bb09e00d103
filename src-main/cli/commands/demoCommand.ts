import { shown } from '#common/shownText.ts';
import { resolve } from 'node:path';
import { runDemo } from '../../jobs/demo/runDemo.ts';
import type { Command } from '../command.ts';
import { textOption } from '../readOptions.ts';
import { outcomeText } from './outcomeText.ts';
import { predictionExit, predictionText } from './predictionText.ts';

/** The demo shows calibration, too; nobody is to take its wide intervals for what a first project says. */
const OWN_PROJECTS =
  'This prediction rests on the four drawn tissues alone. A project of your own starts with the starter library, real datasets on which networks of every size were trained: ccnet library list --project FILE.ccnet';

export const demo: Command = {
  name: 'demo',
  positionals: '',
  summary:
    'Generates small tissues with known ground truth, calibrates on four, predicts a fifth, compresses, verifies, exports and reports.',
  options: { out: { value: 'DIR', help: 'folder for images, project, export and report', default: 'demo' } },
  example: 'ccnet demo --out demo',
  run: async ({ options, signal, onProgress }) => {
    const json = await runDemo(resolve(textOption(options, 'out') ?? 'demo')).run(signal, onProgress);
    const text = [
      predictionText(json.prediction),
      ...(json.outcome ? [outcomeText(json.outcome)] : []),
      shown(`Project: ${json.project}`),
      OWN_PROJECTS,
    ].join('\n');
    return { json, text, exitCode: predictionExit(json.prediction) };
  },
};
