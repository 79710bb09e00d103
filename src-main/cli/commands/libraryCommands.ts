import { resolve } from 'node:path';
import { calibratedFamilies, calibrationWords } from '#common/calibration/calibratedFamilies.ts';
import { heldDatasets, type HeldDataset } from '#common/calibration/heldDatasets.ts';
import { counted, formatDice } from '#common/format.ts';
import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import { STARTER } from '../../calibration/shippedLibrary.ts';
import { starterLibraryOf } from '../../jobs/calibration/starterLibrary.ts';
import { shown } from '#common/shownText.ts';
import type { Command } from '../command.ts';
import { NEW_PROJECT, PROJECT } from '../optionSpecs.ts';
import { onePositional } from '../readOptions.ts';
import { runJob, withProject } from '../runJob.ts';
import { table } from '../table.ts';

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
    return { json, text: `${counted(json.runs, 'run')} written to ${shown(json.file)}` };
  },
};

export const libraryImport: Command = {
  name: 'library import',
  positionals: 'FILE|starter',
  summary:
    'Adds the calibration runs of a library file, or of the starter library that comes with the product, to a project; runs that it has already are skipped.',
  options: NEW_PROJECT,
  example: 'ccnet library import lab-library.json --project lab.ccnet',
  run: async (invocation) => {
    const word = onePositional(invocation.positionals, 'the library file to read, or "starter"');
    const file = word === STARTER ? null : resolve(word);
    const json = await runJob('import-library', invocation, () => ({ file }));
    const refused = json.refused.map((reason) => shown(`refused: ${reason}`));
    return {
      json,
      text: [
        `${counted(json.added, 'run')} added, ${json.skipped} there already.`,
        ...(json.removed > 0
          ? [`${counted(json.removed, 'run')} of an older starter library taken out.`]
          : []),
        ...refused,
      ].join('\n'),
    };
  },
};

/** Stands for what version 0.1.0 took in, which noted no names. */
const UNNAMED = 'unnamed';

export const libraryRemove: Command = {
  name: 'library remove',
  positionals: 'NAME|starter',
  summary:
    'Takes out of a project what one library brought, by the name that "library list" tells, without the runs that you left out of predictions; importing it again brings it back.',
  options: PROJECT,
  example: 'ccnet library remove starter --project lab.ccnet',
  run: async (invocation) => {
    const word = onePositional(invocation.positionals, 'the name of a library, or "starter"');
    const library = word === UNNAMED ? null : word;
    const json = await runJob('remove-library', invocation, () => ({ library }));
    const kept =
      json.kept > 0
        ? ` ${counted(json.kept, 'run')} that you had left out ${json.kept === 1 ? 'stays' : 'stay'}, with your reasons.`
        : '';
    const what = word === STARTER ? 'the starter library' : shown(word);
    return { json, text: `${counted(json.removed, 'run')} of ${what} taken out.${kept}` };
  },
};

const ORIGIN_WORDS: Readonly<Record<HeldDataset['origins'][number], string>> = {
  own: 'this project',
  starter: 'starter library',
  imported: 'library file',
};

export const libraryList: Command = {
  name: 'library list',
  positionals: '',
  summary:
    'Lists the datasets on which networks were calibrated, their sizes and accuracy: what predictions in this project rest on.',
  options: PROJECT,
  example: 'ccnet library list --project lab.ccnet',
  run: (invocation) =>
    withProject(invocation, 'read', async (project) => {
      const datasets = heldDatasets(project.runs.list(), project.calibratedDatasets.list());
      const starter = starterLibraryOf(project);
      const layerWise = project.runs.layerWise();
      const families = calibratedFamilies(project.runs.all());
      const libraries = project.runs.libraries();
      const rows = datasets.map((one) => [
        one.name,
        one.origins.map((origin) => ORIGIN_WORDS[origin]).join(', '),
        one.widths
          .map(({ family, widths }) => `${FAMILY_WORDS[family].plain} ${widths.join(', ')}`)
          .join('; '),
        one.sound === one.runs ? String(one.runs) : `${one.sound} of ${one.runs} usable`,
        one.dice === null ? '-' : formatDice(one.dice),
        one.segmentability === null ? '-' : one.segmentability.toFixed(2),
      ]);
      const share = `${starter.held} of its ${counted(starter.runs, 'run')} on ${counted(starter.datasets, 'dataset')} are in this project`;
      const hint =
        starter.held < starter.runs || starter.outdated > 0
          ? '; "ccnet library import starter" completes it'
          : '';
      return {
        json: { datasets, families, starter, layerWise, libraries },
        text: [
          table(['dataset', 'from', 'widths', 'runs', 'Dice of the widest', 'segmentability'], rows),
          ...families.map((one) => `${FAMILY_WORDS[one.family].plain}: ${calibrationWords(one)}.`),
          `Starter library: ${share}${hint}.`,
          ...(layerWise > 0
            ? [
                `${counted(layerWise, 'stored run')} of networks whose factor differs from layer to layer cannot be used and ${layerWise === 1 ? 'is' : 'are'} left where ${layerWise === 1 ? 'it is' : 'they are'}.`,
              ]
            : []),
          ...libraries.map(({ library, runs }) =>
            shown(
              `Library ${library ?? UNNAMED}: ${counted(runs, 'run')}; "ccnet library remove" takes it out.`,
            ),
          ),
        ].join('\n'),
      };
    }),
};
