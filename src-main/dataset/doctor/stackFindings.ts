import type { Finding } from '#common/dataset/dataset.ts';
import type { Remedy } from '#common/failures/remedy.ts';
import type { ImageHeader } from '../decoding/decodeImage.ts';
import { pagesOf, type PairFiles } from '../pairing/pairFiles.ts';

const EQUAL_STACKS = 'Export image and mask as stacks of equal length.';

/**
 * What keeps slices of image and masks from belonging together: other numbers of them, depth and time that run otherwise, channels in a mask.
 * With an error among them nothing of the pair can be used.
 */
export function stackFindings(files: PairFiles): Finding[] {
  const pages = pagesOf(files);
  return files.masks.flatMap(({ path, header }, index) => {
    if (header.format !== 'nifti' && header.channels > 1) return [maskChannels(path, header.channels)];
    const slices = pages.masks[index] ?? 1;
    if (slices !== pages.image) return [pageCount(files, index, slices, pages.image)];
    const isClear = runAlike(files.image.header.stack, header.stack);
    return isClear ? [] : [stackAxesDiffer(path, header.stack, files.image.header.stack)];
  });
}

type Stack = ImageHeader['stack'];

/** Whether slice n of both is the same place and moment. */
function runAlike(image: Stack, mask: Stack): boolean {
  const hasBoth = (stack: Stack): stack is NonNullable<Stack> =>
    stack !== undefined && stack.depth > 1 && stack.times > 1;
  if (hasBoth(image) && hasBoth(mask)) return image.depth === mask.depth && image.times === mask.times;
  // One that says nothing is taken to follow the pages of the other.
  return [image, mask].every((stack) => !hasBoth(stack) || stack.inPageOrder);
}

function stackAxesDiffer(file: string, mask: Stack, image: Stack): Finding {
  const shape = (stack: Stack): string =>
    stack && stack.depth > 1 && stack.times > 1
      ? `${stack.depth} slices at ${stack.times} times${stack.inPageOrder ? '' : ', time before depth'}`
      : 'nothing of depth and time';
  return {
    severity: 'error',
    code: 'stack-axes-differ',
    file,
    problem: `It says ${shape(mask)}, its image ${shape(image)}: nothing tells which planes belong together.`,
    remedy: 'Save both with the same axes, as ImageJ hyperstacks or OME-TIFF.',
  };
}

function maskChannels(file: string, channels: number): Finding {
  return {
    severity: 'error',
    code: 'mask-channels',
    file,
    problem: `Its file says that its ${channels} planes are channels: nothing tells which of them marks the objects.`,
    remedy:
      'Save the channel that does as a mask of its own. Where they are slices, say so in the file: in ImageJ with Image > Properties, with tifffile by metadata={"axes": "ZYX"}.',
  };
}

function pageCount(files: PairFiles, index: number, mask: number, image: number): Finding {
  const maskFile = files.masks[index];
  const isImage = image > mask;
  const longer = isImage ? files.image : maskFile;
  const [many, few] = isImage ? [image, mask] : [mask, image];
  const { stack } = longer?.header ?? {};
  const finding = (severity: Finding['severity'], problem: string, remedy: Remedy): Finding => ({
    severity,
    code: 'page-count',
    file: longer?.path ?? files.image.path,
    problem: `It has ${many} slices, its ${isImage ? 'mask' : 'image'} has ${few}${problem}`,
    remedy,
  });
  // Pages of other sizes are previews, labels of a slide and the like.
  if (few === 1 && stack?.pagesDifferInSize)
    return finding('warning', '; only the first is used.', EQUAL_STACKS);
  const isDeep = few === 1 && stack !== undefined && stack.depth === many;
  return finding(
    'error',
    ': nothing tells which belong together.',
    isDeep ? [EQUAL_STACKS, { kind: 'choose-planes' }] : EQUAL_STACKS,
  );
}
