import { choice, flag, list, number, optional, record, text } from './fact.ts';
import { failure } from './failure.ts';
import { type Action, type Remedy, remedy } from './remedy.ts';

/** What the doctor noticed of one file: see Finding in common/dataset. */
const finding = record({
  severity: choice('error', 'warning', 'info'),
  code: text,
  file: text,
  problem: text,
  remedy,
});

const NAMED = 5;

const UNUSABLE = {
  'no-pixels': 'it has no pixels',
  'too-long': 'a side is longer than a JPEG can have',
  miscounted: 'its pixels do not make up its size',
  'not-finite': 'it holds intensities that are not finite numbers',
} as const;

const LEAVE_OUT = ['Leave the image out if it is damaged.', { kind: 'check-dataset' }] as const;
const USE = {
  'no-pixels': LEAVE_OUT,
  'too-long': 'Choose a smaller working resolution.',
  miscounted: LEAVE_OUT,
  'not-finite':
    'Open the file in the program that wrote it and replace NaN and infinite values, or leave the image out.',
} as const;

/** Masks from which nothing can be learnt, by what all of them mark. */
export const MASKS_OF_ONE_KIND = {
  nothing: {
    problem: (masks: number) => `None of the ${masks} masks marks anything: there is nothing to learn from.`,
    remedy:
      'Check that the right folder was chosen, and how masks or annotations were exported: 0 is background, anything else an object.',
  },
  everything: {
    problem: (masks: number) =>
      `All of the ${masks} masks mark every pixel: there is no background to learn from.`,
    remedy: 'Check how the masks were exported: 0 is background, anything else an object.',
  },
} as const;

const LOOKED_FOR =
  'Looked for: images/ and masks/ folders (also labels, gt, annotations, 1st_manual, imagesTr/labelsTr), x_mask beside x ' +
  '(also _anno, _segmentation, _gt, _seg, _label), <id>/images with <id>/masks/*, and NN with NN_GT/SEG, ' +
  'as PNG, JPEG, WebP, TIFF, GIF, BMP, NIfTI or DICOM, or an annotation file beside them.';

/** The finding that most likely says why nothing can be used. */
const firstOf = <Found extends { readonly severity: string; readonly remedy: Remedy }>(
  findings: readonly Found[],
): Found | undefined => findings.find(({ severity }) => severity === 'error') ?? findings[0];

/** What can be wrong with the files of a dataset as a whole. */
export const datasetFailures = {
  'dataset-edited': failure({
    facts: { dataset: text, network: number },
    problem: ({ dataset, network }) =>
      `Images of "${dataset}" were left out or moved after network ${network} was trained: its test images are others now, and it may have learnt from them.`,
    remedy: 'Train it again, or undo the change of the dataset.',
  }),
  'no-such-image': failure({
    exit: 'usage',
    facts: { dataset: text, image: text, like: list(text) },
    problem: ({ dataset, image, like }) =>
      like.length > 0
        ? `"${image}" names several images of "${dataset}": ${like.join(', ')}.`
        : `"${dataset}" has no image "${image}".`,
    remedy: 'Give its name as it is listed, or its path within the dataset.',
  }),
  'split-left-empty': failure({
    exit: 'usage',
    facts: { dataset: text, split: choice('train', 'validation', 'test') },
    problem: ({ dataset, split }) =>
      `"${dataset}" would have no ${split === 'train' ? 'training' : split} image any more.`,
    remedy: 'Leave at least one image in each of training, validation and test.',
  }),
  'masks-unknown': failure({
    exit: 'usage',
    facts: { name: text, known: list(text) },
    problem: ({ name, known }) =>
      known.length > 0
        ? `There are no masks called "${name}". There are: ${known.join(', ')}.`
        : `There are no masks called "${name}", and none of another name.`,
    remedy: 'Choose among those that there are.',
  }),
  'no-classes': failure({
    facts: { path: text },
    problem: ({ path }) =>
      `The masks of "${path}" hold no classes that could be told apart: their values are numbers of single objects, or none.`,
    remedy: 'Add it as one dataset, or export masks with one value for each class.',
  }),
  'class-unknown': failure({
    exit: 'usage',
    facts: { name: text, known: list(text) },
    problem: ({ name, known }) =>
      known.length > 0
        ? `No annotation has the class "${name}". There are: ${known.join(', ')}.`
        : `"${name}" names a class, and the masks have no names, only values.`,
    remedy: 'Choose among the classes that there are.',
  }),
  /** `findings` hold everything that the doctor noticed on the way, `candidates` the files that pairing by hand offers. */
  'nothing-usable': failure({
    facts: {
      root: text,
      pairs: number,
      files: number,
      images: number,
      masks: number,
      unreadable: number,
      candidates: record({ images: list(text), masks: list(text) }),
      maskSources: list(record({ name: text, masks: number, used: flag })),
      findings: list(finding),
    },
    problem: ({ root, pairs, files, images, masks, unreadable, findings }) => {
      const found =
        pairs > 0
          ? `${pairs} image/mask pairs were found, but none can be used`
          : `no image/mask pair was found among ${files} files (${images} look like images, ${masks} like masks, ${unreadable} have formats that are not read)`;
      const first = firstOf(findings);
      return `"${root}": ${found}.${first ? ` First problem: ${first.file}: ${first.problem}` : ''}`;
    },
    remedy: ({ pairs, images, findings }) => {
      const own = firstOf(findings)?.remedy ?? [];
      const parts = typeof own === 'string' || 'kind' in own ? [own] : own;
      if (pairs > 0 && parts.length > 0) return parts;
      const isByHand = (part: string | Action): boolean =>
        typeof part !== 'string' && part.kind === 'pair-by-hand';
      const byHand = images > 0 ? [{ kind: 'pair-by-hand' } as const] : [];
      return [...parts.filter((part) => !isByHand(part)), LOOKED_FOR, ...byHand];
    },
  }),
  /** A folder does not hold the files of a dataset. `findings` list every file that is missing or differs. */
  'dataset-differs': failure({
    facts: { dataset: text, root: text, missing: number, differing: number, findings: list(finding) },
    problem: ({ dataset, root, missing, differing, findings }) => {
      const names = findings.slice(0, NAMED).map(({ file }) => file);
      const more = missing + differing > names.length ? ', ...' : '';
      return (
        `"${root}" does not hold the files of ${dataset}: ${missing} missing, ${differing} changed or unreadable ` +
        `(${names.join(', ')}${more}). Nothing was changed in the project.`
      );
    },
    remedy: 'Choose the folder or .zip that holds the same files, or add this one as a new dataset.',
  }),
  'too-few-images': failure({
    facts: { images: number, fewest: number },
    problem: ({ images }) =>
      `Only ${images} different image${images === 1 ? '' : 's'} can be shared out between training, validation and test.`,
    remedy: ({ fewest }) =>
      `Add pairs until there are at least ${fewest} different images, better 12 or more.`,
  }),
  'too-few-groups': failure({
    facts: { groups: number, images: number, fewest: number },
    problem: ({ groups, images }) =>
      `The ${images} images form only ${groups} group${groups === 1 ? '' : 's'}, which must not be torn apart between training, validation and test.`,
    remedy: ({ fewest }) =>
      `At least ${fewest} are needed. Group them more finely (by slide or film instead of patient, say), or add images of others.`,
  }),
  'too-few-for-folds': failure({
    exit: 'usage',
    facts: { parts: number, folds: number, needed: number },
    problem: ({ parts, folds, needed }) =>
      `${folds} folds need at least ${needed} independent images or groups, and there are ${parts}.`,
    remedy: 'Choose fewer folds, or leave the dataset out.',
  }),
  'group-pattern-invalid': failure({
    exit: 'usage',
    facts: { pattern: text },
    problem: ({ pattern }) => `"${pattern}" does not say which part of a name is the group.`,
    remedy:
      'Write {group} in its place, {group:3} when it has exactly three characters, and * for what does not matter, as in P{group}_*.',
  }),
  'images-without-group': failure({
    exit: 'usage',
    facts: { count: number, of: number, images: list(text), grouping: text },
    problem: ({ count, of, images, grouping }) =>
      `${count} of ${of} images have no group by "${grouping}": ${images.join(', ')}${count > images.length ? ', ...' : ''}.`,
    remedy: 'Change the rule, or complete the table, so that every image has one.',
  }),
  'table-missing': failure({
    exit: 'usage',
    facts: { file: text, reason: text },
    problem: ({ file, reason }) => `The table "${file}" cannot be read: ${reason}.`,
    remedy:
      'Choose a CSV file: of groups with the columns "image" and "group", of pairs with "image" and "mask".',
  }),
  'pair-table-unreadable': failure({
    exit: 'usage',
    facts: { file: text, missing: choice('image', 'mask', 'pairs'), columns: list(text) },
    problem: ({ file, missing, columns }) =>
      missing === 'pairs'
        ? `"${file}" names no pair.`
        : `"${file}" has no column "${missing}"${columns.length > 0 ? ` (its first line names: ${columns.slice(0, NAMED).join(', ')})` : ''}.`,
    remedy:
      'It must be a CSV file whose first line names a column "image" and a column "mask", with one line for each mask; paths are relative to the data set.',
  }),
  'group-table-unreadable': failure({
    exit: 'usage',
    facts: { file: text, missing: choice('image', 'group'), columns: list(text) },
    problem: ({ file, missing, columns }) =>
      `"${file}" has no column "${missing}"${columns.length > 0 ? ` (its first line names: ${columns.slice(0, NAMED).join(', ')})` : ''}.`,
    remedy:
      'It must be a CSV file whose first line names a column "image" and a column "group" (or patient, subject, case, slide, animal).',
  }),
  'masks-of-one-kind': failure({
    facts: { marks: choice('nothing', 'everything'), masks: number },
    problem: ({ marks, masks }) => MASKS_OF_ONE_KIND[marks].problem(masks),
    remedy: ({ marks }) => MASKS_OF_ONE_KIND[marks].remedy,
  }),
  /** `problem`: the doctor's sentence, with the values and how many masks have each along their border. */
  'mask-background-unclear': failure({
    facts: { problem: text },
    problem: ({ problem }) => problem,
    remedy: ['Say which value is background.', { kind: 'choose-reading' }],
  }),
  'annotation-of-two-images': failure({
    facts: { file: text, named: text, called: text },
    problem: ({ file, named, called }) =>
      `"${file}" is called as "${called}" is, and says that it was drawn on "${named}": nothing tells of which it is.`,
    remedy: 'Correct the path of the image in it (imagePath), or give it the name of its image.',
  }),
  'annotation-of-several-images': failure({
    facts: { file: text, name: text, images: list(text) },
    problem: ({ file, name, images }) =>
      `"${file}" draws on "${name}", and ${images.length} images are called so (${images.slice(0, NAMED).join(', ')}): nothing tells which is meant.`,
    remedy:
      'Put the file into the folder of its images, write their folder into it, or give the images names of their own.',
  }),
  'annotation-of-no-image': failure({
    facts: { file: text, tool: text, names: list(text) },
    problem: ({ file, tool, names }) =>
      names.length > 0
        ? `"${file}" holds outlines of ${tool} on images that are not here: ${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ', ...' : ''}.`
        : `"${file}" (${tool}) was drawn on DICOM slices that are not here.`,
    remedy: ({ names }) =>
      names.length > 0
        ? 'Add these images, or give them the names that it says.'
        : 'Add the DICOM files of the images. For images in another format, such as NIfTI, save the mask in that format too.',
  }),
  'mask-of-no-series': failure({
    facts: { file: text },
    problem: ({ file }) =>
      `The voxels of "${file}" are the pixels of no DICOM slice here: its grid, orientation or position is another.`,
    remedy: 'Export the mask on the grid of the images, in the same orientation and at the same place.',
  }),
  'mask-of-several-series': failure({
    facts: { file: text, images: list(text) },
    problem: ({ file, images }) =>
      `"${file}" lies on slices of ${images.length} DICOM series (${images.slice(0, NAMED).join(', ')}): nothing tells of which it is the mask.`,
    remedy: 'Put the mask into the folder of its series.',
  }),
  'pairing-names-unknown-file': failure({
    exit: 'usage',
    facts: { file: text },
    problem: ({ file }) => `"${file}" is named in the pairing but is not in the data set.`,
    remedy: 'Correct the pairing.',
  }),
  'paired-with-no-mask': failure({
    exit: 'usage',
    facts: { file: text },
    problem: ({ file }) => `"${file}" is paired with no mask.`,
    remedy: 'Name at least one mask file, or leave the image out.',
  }),
  'sample-unusable': failure({
    facts: {
      sample: text,
      why: choice('no-pixels', 'too-long', 'miscounted', 'not-finite'),
      detail: optional(text),
    },
    problem: ({ sample, why, detail }) =>
      `The complexity of "${sample}" cannot be measured: ${UNUSABLE[why]}${detail === null ? '' : ` (${detail})`}.`,
    remedy: ({ why }) => USE[why],
  }),
  /** The folder or .zip of a stored dataset is not where it was. */
  'dataset-missing': failure({
    facts: { dataset: text, root: text },
    problem: ({ dataset, root }) => `The files of ${dataset} are no longer at "${root}".`,
    remedy: ({ dataset }) => ({ kind: 'locate-dataset', dataset }),
  }),
};
