import { resolve } from 'node:path';
import { counted } from '#common/format.ts';
import { STARTER } from '../../calibration/shippedLibrary.ts';
import type { Command } from '../command.ts';
import { PROJECT } from '../optionSpecs.ts';
import { onePositional } from '../readOptions.ts';
import { runJob } from '../runJob.ts';

export const libraryExport: Command = {
  name: 'library export',
  positionals: 'FILE',
  summary:
    'Writes all calibration runs of a project to a library file, without images or paths, to share with others.',
  options: PROJECT,
  example: 'ccnet library export lab-library.json --project lab.ccnet',
  run: async (invocation) => {
    const file = resolve(onePositional(invocation.positionals, 'the library file to write'));
    const json = await runJob('export-library', invocation, () => ({ file }));
    return { json, text: `${counted(json.runs, 'run')} written to ${json.file}` };
  },
};

export const libraryImport: Command = {
  name: 'library import',
  positionals: 'FILE|starter',
  summary:
    'Adds the calibration runs of a library file, or of the starter library that comes with the product, to a project; runs that it has already are skipped.',
  options: PROJECT,
  example: 'ccnet library import lab-library.json --project lab.ccnet',
  run: async (invocation) => {
    const word = onePositional(invocation.positionals, 'the library file to read, or "starter"');
    const file = word === STARTER ? null : resolve(word);
    const json = await runJob('import-library', invocation, () => ({ file }));
    const refused = json.refused.map((reason) => `refused: ${reason}`);
    return {
      json,
      text: [`${counted(json.added, 'run')} added, ${json.skipped} there already.`, ...refused].join('\n'),
    };
  },
};
