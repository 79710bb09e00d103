import { SPLIT_NAMES, SPLITS } from '#common/dataset/splits.ts';
import { counted } from '#common/format.ts';
import { CcnetError } from '#common/errors.ts';
import { shown } from '#common/shownText.ts';
import type { EditedImages, ImageEdit } from '#common/dataset/imageEdit.ts';
import { editImages } from '../../jobs/dataset/editImages.ts';
import type { ImageRecord } from '../../project/records/images.ts';
import type { Project } from '../../project/project.ts';
import type { Answer, Command, Invocation } from '../command.ts';
import { PROJECT } from '../optionSpecs.ts';
import { onePositional, requiredOption } from '../readOptions.ts';
import { withProject } from '../runJob.ts';
import { table } from '../table.ts';

const NAMED = 5;

/** The images that words name: by the name of the sample, or by the path of its file. @throws no-such-image */
function imagesNamed(
  images: readonly ImageRecord[],
  dataset: string,
  words: readonly string[],
): ImageRecord[] {
  return words.flatMap((word) => {
    const wanted = word.normalize('NFC').replaceAll('\\', '/');
    const found = images.filter(({ name, image }) =>
      [name, image].some((one) => one.normalize('NFC') === wanted),
    );
    if (found.length === 0) throw new CcnetError('no-such-image', { dataset, image: word, like: [] });
    // A path names all slices of its file; a name is to be that of one.
    const isPath = found.every(({ image }) => image.normalize('NFC') === wanted);
    if (found.length > 1 && !isPath) {
      const like = found.slice(0, NAMED).map(({ image }) => image);
      throw new CcnetError('no-such-image', { dataset, image: word, like });
    }
    return found;
  });
}

async function edited(invocation: Invocation, edit: ImageEdit, done: string): Promise<Answer> {
  const [name = '', ...words] = invocation.positionals;
  if (words.length === 0) throw new CcnetError('argument-missing', { what: 'the images' });
  return withProject(invocation, 'write', (project) => {
    const dataset = project.datasets.named(name);
    const images = imagesNamed(project.images.allOfDataset(dataset.id), name, words);
    const ids = images.map(({ id }) => id);
    const outcome = editImages(project, dataset.id, ids, edit);
    return Promise.resolve(answer(project, dataset.id, outcome, done));
  });
}

function answer(project: Project, dataset: number, outcome: EditedImages, done: string): Answer {
  const { name } = project.datasets.required(dataset);
  const images = project.images.splitCounts(dataset);
  const { before, alongside, forgotten, fingerprint } = outcome;
  const json = { dataset: name, changed: before.length, alongside, forgotten, fingerprint, images };
  const counts = SPLITS.map((split) => `${images[split]} ${SPLIT_NAMES[split]}`).join(', ');
  const text = [
    `${counted(before.length, 'image')} of ${name} ${before.length === 1 ? 'was' : 'were'} ${done}; now ${counts}.`,
    ...(alongside > 0
      ? [`${counted(alongside, 'image')} went along, because they belong together with those.`]
      : []),
    ...(before.length > 0
      ? [
          'Runs that were made before stay tied to the images that they were trained on; measure and predict again.',
        ]
      : []),
    ...(forgotten > 0
      ? [`${counted(forgotten, 'training')} that had not finished cannot be continued.`]
      : []),
  ]
    .map((line) => shown(line))
    .join('\n');
  return { json, text };
}

export const datasetImages: Command = {
  name: 'dataset images',
  positionals: 'NAME',
  summary: 'Lists the images of a dataset with their split, what they belong to, and why some were left out.',
  options: PROJECT,
  example: 'ccnet dataset images glands --project lab.ccnet',
  run: (invocation) =>
    withProject(invocation, 'read', (project) => {
      const dataset = project.datasets.named(onePositional(invocation.positionals, 'the name of a dataset'));
      const json = project.images
        .allOfDataset(dataset.id)
        .map(({ name, image, page, split, group, foreground, excluded }) => ({
          ...{ name, image, page, split, group, foreground, excluded },
        }));
      const rows = json.map(({ name, split, group, excluded }) => [
        name,
        excluded === null ? SPLIT_NAMES[split] : 'left out',
        group ?? '',
        excluded ?? '',
      ]);
      return Promise.resolve({ json, text: table(['image', 'split', 'belongs to', 'why'], rows) });
    }),
};

export const datasetExclude: Command = {
  name: 'dataset exclude',
  positionals: 'NAME IMAGE...',
  summary:
    'Leaves images of a dataset out, with a reason; their files stay, and dataset include takes them in again.',
  options: { ...PROJECT, reason: { value: 'TEXT', help: 'why they do not count', required: true } },
  example: 'ccnet dataset exclude glands slide_07 --reason "out of focus" --project lab.ccnet',
  run: (invocation) => {
    const reason = requiredOption(invocation.options, 'reason').trim().slice(0, 500);
    if (reason === '') throw new CcnetError('option-missing', { option: 'reason' });
    return edited(invocation, { kind: 'exclude', reason }, 'left out');
  },
};

export const datasetInclude: Command = {
  name: 'dataset include',
  positionals: 'NAME IMAGE...',
  summary: 'Takes images that were left out in again.',
  options: PROJECT,
  example: 'ccnet dataset include glands slide_07 --project lab.ccnet',
  run: (invocation) => edited(invocation, { kind: 'include' }, 'taken in again'),
};

export const datasetMove: Command = {
  name: 'dataset move',
  positionals: 'NAME IMAGE...',
  summary: 'Moves images of a dataset to another split, with all that belong together with them.',
  options: { ...PROJECT, to: { value: 'SPLIT', help: 'training, validation or test', required: true } },
  example: 'ccnet dataset move glands slide_07 --to test --project lab.ccnet',
  run: (invocation) => {
    const given = requiredOption(invocation.options, 'to');
    // Also by the name that files know: "train".
    const split = SPLITS.find((one) => one === given || SPLIT_NAMES[one] === given);
    if (!split)
      throw new CcnetError('option-not-known', { option: 'to', given, choices: Object.values(SPLIT_NAMES) });
    return edited(invocation, { kind: 'move', split }, `moved to ${SPLIT_NAMES[split]}`);
  },
};
