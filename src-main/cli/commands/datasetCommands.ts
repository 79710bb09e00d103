import { resolve } from 'node:path';
import type { Examination, Finding } from '#common/dataset/dataset.ts';
import { counted } from '#common/format.ts';
import { EXIT } from '#common/exitCodes.ts';
import { splitModeSchema } from '#contract/jobs/requestFields.ts';
import { CcnetError } from '#common/errors.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { shown } from '#common/shownText.ts';
import type { Command, Invocation } from '../command.ts';
import { NEW_PROJECT, PROJECT } from '../optionSpecs.ts';
import { READING, readingChoices } from '../readingOptions.ts';
import {
  onePositional,
  type Options,
  requiredOption,
  textOption,
  twoPositionals,
  wordOption,
} from '../readOptions.ts';
import { pairTable } from '../../dataset/pairing/pairTable.ts';
import { readTable } from '../../jobs/dataset/readTable.ts';
import { runJob, runJobIn, withProject } from '../runJob.ts';
import { findingText } from '../failureText.ts';
import { table } from '../table.ts';

/** Findings as lines, gravest first: what is wrong with which file, and what to do. */
function findingLines(findings: readonly Finding[]): string[] {
  const order = ['error', 'warning', 'info'];
  return [...findings]
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
    .map(findingText)
    .map(({ severity, file, problem, remedy }) => shown(`${severity}: ${file}: ${problem} ${remedy}`));
}

function doctorText(examination: Examination): string {
  const count = (severity: string): number =>
    examination.findings.filter((finding) => finding.severity === severity).length;
  return [
    `${counted(examination.samples.length, 'usable pair')}, found by: ${shown(examination.convention)}`,
    ...findingLines(examination.findings),
    `${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}, ${counted(count('info'), 'note')}`,
  ].join('\n');
}

/** `--groups`: a table by its ending, alike, folder:N, or else a pattern of names. */
function groupsOption(options: Options): Pick<RequestOf<'add-dataset'>, 'groups' | 'groupTable'> {
  const rule = textOption(options, 'groups');
  if (rule === undefined) return {};
  if (/\.(csv|tsv|txt)$/i.test(rule)) return { groupTable: resolve(rule) };
  if (rule === 'alike') return { groups: { by: 'likeness' } };
  const level = /^folder:(\d{1,2})$/i.exec(rule)?.[1];
  const groups = level
    ? { by: 'folder' as const, level: Number(level) }
    : { by: 'name' as const, pattern: rule };
  return { groups };
}

const PAIRS = {
  pairs: {
    value: 'FILE',
    help: 'CSV file with the columns image and mask that says which belong together, in place of their names',
  },
};

/** `--pairs`: what a table says instead of names. */
async function pairsOption(options: Options): Promise<Pick<RequestOf<'add-dataset'>, 'pairing'>> {
  const file = textOption(options, 'pairs');
  return file === undefined ? {} : { pairing: pairTable(await readTable(resolve(file)), file) };
}

const withWords = (added: ResultOf<'add-dataset'>) => ({
  ...added,
  findings: added.findings.map(findingText),
});

function addedText({ name, images, convention, findings }: ResultOf<'add-dataset'>): string {
  const { train, validation, test } = images;
  const head = `Added ${name}: ${train} training, ${validation} validation and ${counted(test, 'test image')} (${convention}).`;
  return [shown(head), ...findingLines(findings)].join('\n');
}

/** Adds several datasets; when one fails, those before it are taken back, so that the same command can be given again. */
function addAllOrNone(
  invocation: Invocation,
  requests: readonly Omit<RequestOf<'add-dataset'>, 'kind'>[],
): Promise<ResultOf<'add-dataset'>[]> {
  return withProject(invocation, 'create', async (project) => {
    const all: ResultOf<'add-dataset'>[] = [];
    try {
      for (const request of requests) all.push(await runJobIn(project, 'add-dataset', invocation, request));
      return all;
    } catch (error) {
      for (const { id } of all) project.datasets.remove(id);
      throw error;
    }
  });
}

export const datasetAdd: Command = {
  name: 'dataset add',
  positionals: 'FOLDER|ZIP',
  summary:
    'Finds and checks image/mask pairs, deals them to training, validation and test, and adds them to a project.',
  options: {
    ...NEW_PROJECT,
    name: { value: 'NAME', help: 'name of the dataset in the project', required: true },
    split: {
      value: 'MODE',
      help: 'hashed: image by image; ordered: in blocks, for stacks and movies whose neighbours look alike',
      default: 'hashed',
    },
    groups: {
      value: 'RULE',
      help: 'which images belong together (one patient, slide, film) and never lie on two sides: a pattern of their names such as "{group}_*", folder:1 for the folder that they lie in, alike for images that are nearly the same, or a CSV file with the columns image and group',
    },
    'each-class': {
      help: 'add one dataset for each class of the masks, in which it alone is foreground, all or none; their names end in the name or value of the class',
    },
    ...PAIRS,
    ...READING,
  },
  example: 'ccnet dataset add ./glands --name glands --project lab.ccnet',
  run: async (invocation) => {
    const { options, positionals } = invocation;
    const path = resolve(onePositional(positionals, 'a folder or a .zip'));
    const name = requiredOption(options, 'name');
    const splitMode = wordOption(options, 'split', splitModeSchema.options, 'hashed');
    const reading = readingChoices(options);
    const pairs = await pairsOption(options);
    const request = { path, splitMode, ...pairs, ...groupsOption(options) };
    if (options['each-class'] !== true) {
      const added = await runJob('add-dataset', invocation, () => ({ ...request, name, reading }));
      return { json: withWords(added), text: addedText(added) };
    }
    const { maskValues } = await runJob('check-dataset', invocation, () => ({ path, reading, ...pairs }));
    const classes = maskValues.filter(({ readAs }) => readAs === 'foreground');
    if (classes.length === 0) throw new CcnetError('no-classes', { path });
    const requests = classes.map((one) => ({
      ...request,
      name: `${name} ${one.name ?? one.value}`,
      reading: { ...reading, classNames: undefined, classes: [one.value] },
    }));
    const all = await addAllOrNone(invocation, requests);
    return { json: all.map(withWords), text: all.map(addedText).join('\n') };
  },
};

export const datasetCheck: Command = {
  name: 'dataset check',
  positionals: 'FOLDER|ZIP',
  summary: 'Lists every problem of a dataset with its file and what to do about it; changes nothing.',
  options: { ...PAIRS, ...READING },
  example: 'ccnet dataset check ./glands',
  run: async (invocation) => {
    const path = resolve(onePositional(invocation.positionals, 'a folder or a .zip'));
    const reading = readingChoices(invocation.options);
    const pairs = await pairsOption(invocation.options);
    const examination = await runJob('check-dataset', invocation, () => ({ path, reading, ...pairs }));
    const json = { ...examination, findings: examination.findings.map(findingText) };
    const bad = json.findings.some((finding) => finding.severity === 'error');
    return { json, text: doctorText(json), exitCode: bad ? EXIT.badData : EXIT.done };
  },
};

export const datasetRelocate: Command = {
  name: 'dataset relocate',
  positionals: 'NAME FOLDER|ZIP',
  summary:
    'Notes where the files of a dataset lie now, after comparing each with what was added; changes nothing when one is missing or differs.',
  options: PROJECT,
  example: 'ccnet dataset relocate glands /data/new/glands --project lab.ccnet',
  run: async (invocation) => {
    const [name, folder] = twoPositionals(
      invocation.positionals,
      'the name of a dataset',
      'a folder or a .zip',
    );
    const json = await runJob('relocate-dataset', invocation, ({ datasets }) => ({
      dataset: datasets.named(name).id,
      path: resolve(folder),
    }));
    const text = `${json.dataset} is now at ${json.to}; ${json.images === 1 ? 'its image is' : `all ${json.images} images are`} the same. It was at ${json.from}.`;
    return { json, text: shown(text) };
  },
};

export const datasetRemove: Command = {
  name: 'dataset remove',
  positionals: 'NAME',
  summary:
    'Removes a dataset from a project, with its measures, predictions and outcomes. Its files on disk, its calibration runs and the networks trained on it stay.',
  options: PROJECT,
  example: 'ccnet dataset remove glands --project lab.ccnet',
  run: (invocation) =>
    withProject(invocation, 'write', async ({ datasets, images, predictions, outcomes }) => {
      const { id, name, root } = datasets.named(
        onePositional(invocation.positionals, 'the name of a dataset'),
      );
      const { train, validation, test } = images.splitCounts(id);
      const json = {
        name,
        root,
        images: train + validation + test,
        predictions: predictions.ofDataset(id).length,
        outcomes: outcomes.list(id).length,
      };
      datasets.remove(id);
      const text =
        `Removed ${name}: ${counted(json.images, 'image')}, ${counted(json.predictions, 'prediction')}, ` +
        `${counted(json.outcomes, 'outcome')}. Its files are untouched at ${root}.`;
      return { json, text: shown(text) };
    }),
};

export const datasetList: Command = {
  name: 'dataset list',
  positionals: '',
  summary: 'Lists the datasets of a project.',
  options: PROJECT,
  example: 'ccnet dataset list --project lab.ccnet',
  run: (invocation) =>
    withProject(invocation, 'read', async (project) => {
      const json = project.datasets.list().map((dataset) => ({
        name: dataset.name,
        root: dataset.root,
        convention: dataset.convention,
        channels: dataset.channels,
        fingerprint: dataset.fingerprint,
        images: project.images.splitCounts(dataset.id),
      }));
      const rows = json.map(({ name, channels, images, root }) => [
        name,
        channels === 3 ? 'colour' : 'grey',
        ...[images.train, images.validation, images.test].map(String),
        root,
      ]);
      return { json, text: table(['dataset', 'kind', 'training', 'validation', 'test', 'from'], rows) };
    }),
};
