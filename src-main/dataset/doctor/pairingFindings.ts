import { counted } from '#common/format.ts';
import type { Finding } from '#common/dataset/dataset.ts';
import type { ClassifiedPath } from '../pairing/classifyPaths.ts';

const listed = (paths: readonly ClassifiedPath[]): string => paths.map((path) => path.path).join(', ');

/** Several images have the name of one mask. */
export function ambiguousImages(
  rivals: readonly ClassifiedPath[],
  masks: readonly ClassifiedPath[],
  chosen: ClassifiedPath | null,
): Finding[] {
  const others = rivals.filter((rival) => rival !== chosen);
  return others.map((rival) => ({
    severity: chosen === null ? 'error' : 'warning',
    code: 'ambiguous-image',
    file: rival.path,
    problem:
      chosen === null
        ? `The mask ${listed(masks)} fits several images (${listed(rivals)}), so none of them is used.`
        : `It has the same name as ${chosen.path}, which is used instead.`,
    remedy: [
      chosen === null ? 'Give images and masks the same folder structure.' : 'Remove one of the two.',
      { kind: 'pair-by-hand' },
    ],
  }));
}

/** Several masks fit one image, and they are not parts of one. */
export function ambiguousMasks(
  image: ClassifiedPath,
  masks: readonly ClassifiedPath[],
  chosen: readonly ClassifiedPath[],
): Finding {
  return {
    severity: 'warning',
    code: 'ambiguous-mask',
    file: image.path,
    problem: `Several masks fit this image (${listed(masks)}); ${chosen.length === 1 ? `${listed(chosen)} is used` : `used are ${listed(chosen)}`}.`,
    remedy: ['Remove the masks that are not meant.', { kind: 'pair-by-hand' }],
  };
}

/** A mask that counts as one of an image's, and may be a numbered part of another one's: "a_mask_1" beside images a and a_1. */
export function partsOfOthers(
  image: ClassifiedPath,
  mask: ClassifiedPath,
  others: readonly ClassifiedPath[],
): Finding {
  return {
    severity: 'warning',
    code: 'ambiguous-mask',
    file: image.path,
    problem: `The mask ${mask.path} counts for this image with others, and may as well be a numbered part of the mask of ${listed(others)}.`,
    remedy: [
      'Give images names of which none is another one with a number after it.',
      { kind: 'pair-by-hand' },
    ],
  };
}

/** Everything that found no partner, and masks that were left aside because surer ones exist. */
export function unpairedFindings(
  images: readonly ClassifiedPath[],
  masks: readonly ClassifiedPath[],
  rank: number,
  settled: ReadonlySet<string>,
): Finding[] {
  const near = imagesByBeginning(images);
  return [
    ...unpairedImages(images, settled),
    ...masks
      .filter((mask) => mask.rank === rank && !settled.has(mask.path))
      .map((mask) => unpairedMask(mask, near(mask))),
    ...ignoredMasks(masks.filter((mask) => mask.rank !== rank)),
  ];
}

/** A folder or split in which no image has a mask (a test set without labels) is one finding, not hundreds. */
function unpairedImages(images: readonly ClassifiedPath[], settled: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = [];
  const hasMasks = new Set(images.filter((image) => settled.has(image.path)).map((image) => image.split));
  const sharedFolder = foldersOfOneSplit(images);
  const groups = groupByName(images, (image) =>
    image.split !== null && !hasMasks.has(image.split) ? sharedFolder(image) : image.folder,
  );
  for (const [folder, inFolder] of groups) {
    const unpaired = inFolder.filter((image) => !settled.has(image.path));
    if (unpaired.length === inFolder.length && unpaired.length >= 3) {
      findings.push({
        severity: 'warning',
        code: 'folder-without-masks',
        file: folder === '' ? '.' : folder,
        problem: `None of the ${unpaired.length} images in this folder has a mask; they are left out.`,
        remedy: [
          'If masks exist, name them like the images and put them into a folder called masks.',
          { kind: 'pair-by-hand' },
        ],
      });
    } else findings.push(...unpaired.map((image) => unpairedImage(image, settled)));
  }
  return findings;
}

/** Of an image: the first folder on the way down that holds images of its split only: "stage1_test". */
function foldersOfOneSplit(images: readonly ClassifiedPath[]): (image: ClassifiedPath) => string {
  const splits = new Map<string, ClassifiedPath['split'] | 'several'>();
  const foldersOf = ({ folder }: ClassifiedPath): string[] => {
    const segments = folder.split('/');
    return segments.map((_, depth) => segments.slice(0, depth + 1).join('/'));
  };
  for (const image of images)
    for (const folder of foldersOf(image))
      splits.set(folder, !splits.has(folder) || splits.get(folder) === image.split ? image.split : 'several');
  return (image) => foldersOf(image).find((folder) => splits.get(folder) === image.split) ?? image.folder;
}

function unpairedImage(image: ClassifiedPath, settled: ReadonlySet<string>): Finding {
  const firstChannel = image.path.replace(/_\d{4}(?=\.(nii\.gz|[^.]*)$)/i, '_0000');
  if (firstChannel !== image.path && settled.has(firstChannel)) {
    return {
      severity: 'warning',
      code: 'further-channel',
      file: image.path,
      problem: `This is a further channel of ${firstChannel}; only the first channel is read.`,
      remedy: 'To use several channels, merge them into one RGB image.',
    };
  }
  return {
    severity: 'error',
    code: 'unpaired-image',
    file: image.path,
    problem: 'No mask was found for this image.',
    remedy: [
      `Add a mask of the same name (masks/${maskName(image)} or ${maskName(image, '_mask')}), or remove the image.`,
      { kind: 'pair-by-hand' },
    ],
  };
}

/** Masks of volumes and stacks are files of their kind. */
function maskName({ path, exact }: ClassifiedPath, word = ''): string {
  const extension = /\.(nii(\.gz)?|tiff?)$/i.exec(path)?.[0] ?? '.png';
  return `${exact.inner}${word}${extension}`;
}

/** As Label Studio names what it exports: by the number of its task. */
const OF_A_TASK = /^task-\d+-annotation-\d+/i;

/** Images whose names begin with what a mask's name is without its word, beside the same folders. */
function imagesByBeginning(
  images: readonly ClassifiedPath[],
): (mask: ClassifiedPath) => readonly ClassifiedPath[] {
  const found = new Map<string, ClassifiedPath[]>();
  const key = ({ beside }: ClassifiedPath, core: string): string => `${beside.join('/')}|${core}`;
  for (const image of images) {
    for (let at = image.stem.indexOf('_'); at > 0; at = image.stem.indexOf('_', at + 1)) {
      const one = key(image, image.stem.slice(0, at));
      const same = found.get(one);
      if (same) same.push(image);
      else found.set(one, [image]);
    }
  }
  return (mask) => found.get(key(mask, mask.withoutMaskWord)) ?? [];
}

function unpairedMask(mask: ClassifiedPath, near: readonly ClassifiedPath[]): Finding {
  const finding = (problem: string, remedy: Finding['remedy']): Finding => ({
    severity: 'error',
    code: 'unpaired-mask',
    file: mask.path,
    problem,
    remedy,
  });
  if (near.length > 1)
    return finding(
      `It may belong to any of ${near.length} images (${listed(near.slice(0, 4))}${near.length > 4 ? ', ...' : ''}), such as recordings or channels of one object.`,
      ['Leave those of one kind in the folder.', { kind: 'pair-by-hand' }],
    );
  if (OF_A_TASK.test(mask.exact.stem))
    return finding(
      'Label Studio names its PNG files after tasks, and not after images: nothing tells whose mask it is.',
      'Export as JSON, and put that file beside the images.',
    );
  return finding(`No image was found for this mask (taken for a mask because of ${mask.evidence}).`, [
    'Add the image of the same name, or remove the mask.',
    { kind: 'pair-by-hand' },
  ]);
}

function ignoredMasks(masks: readonly ClassifiedPath[]): Finding[] {
  return [...groupByName(masks, (mask) => mask.folder)].map(([folder, inFolder]) => ({
    severity: 'info',
    code: 'other-masks-ignored',
    file: folder === '' ? '.' : folder,
    problem: `${counted(inFolder.length, 'file looks like a mask', 'files look like masks')} of another kind (${inFolder[0]?.evidence ?? ''}) and ${inFolder.length === 1 ? 'is' : 'are'} not used.`,
    remedy: ['To use them, leave the other masks out of the folder.', { kind: 'pair-by-hand' }],
  }));
}

function groupByName(
  paths: readonly ClassifiedPath[],
  nameOf: (path: ClassifiedPath) => string,
): Map<string, ClassifiedPath[]> {
  const groups = new Map<string, ClassifiedPath[]>();
  for (const path of paths) {
    const name = nameOf(path);
    const group = groups.get(name);
    if (group) group.push(path);
    else groups.set(name, [path]);
  }
  return groups;
}
