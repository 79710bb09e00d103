import type { Finding, Sample } from '#common/dataset/dataset.ts';
import { CcnetError, hasCode } from '#common/errors.ts';
import { type FailureCode, remedyOf } from '#common/failures/failures.ts';
import { stemOf } from '../pairing/classifyPaths.ts';
import { imageHash, maskHash } from '../source/contentHash.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import type { DatasetReading, SliceChoice } from '#common/dataset/reading.ts';
import { borderCounts, type MaskCensus } from '../masks/maskCensus.ts';
import type { FilePair } from '../pairing/filePair.ts';
import { leftOutFindings, outsideFindings } from './annotationFindings.ts';
import { imageFindings } from './imageFindings.ts';
import { maskFindings } from './maskFindings.ts';
import type { DecodedPair, PairFiles } from '../pairing/pairFiles.ts';
import { withDecodingMemory } from '../decoding/decodingMemory.ts';
import {
  commonPages,
  decodePair,
  isVolumeFilm,
  openPair,
  pairSize,
  volumesApart,
} from '../pairing/pairFiles.ts';
import { sizeFindings } from './sizeFindings.ts';
import { stackFindings } from './stackFindings.ts';
import { fineThumbnail } from '../decoding/fineThumbnail.ts';
import { thumbnail } from '../decoding/thumbnail.ts';

/** A sample with what only the whole data set can judge. */
export interface ExaminedSample {
  readonly sample: Sample;
  readonly thumbnail: Float32Array;
  readonly fine: Int8Array;
  readonly greyStoredAsColour: boolean;
  readonly hasAlpha: boolean;
  /** Channels of the image's file, of which one is read, and their names where it has any. */
  readonly fileChannels: number;
  readonly channelNames: readonly string[];
  /** The mask's file says that 0 is white. */
  readonly maskMinIsWhite: boolean;
  /** Share of the pixels along the border that the mask marks, 0 to 1. */
  readonly borderMarked: number;
}

export interface PairExamination {
  readonly samples: readonly ExaminedSample[];
  readonly findings: readonly Finding[];
  /** What the masks tell for the reading of all, also those of pages that cannot be used. */
  readonly censuses: readonly MaskCensus[];
}

/**
 * Reads and decodes one pair, page by page, as the dataset is read. Whatever is wrong with it becomes a finding; only a cancelled signal and
 * errors of the program itself are thrown.
 */
export async function examinePair(
  source: DatasetSource,
  pair: FilePair,
  reading: DatasetReading,
  slices: SliceChoice,
  throwIfCancelled: () => void,
): Promise<PairExamination> {
  const censuses: MaskCensus[] = [];
  const samples: ExaminedSample[] = [];
  const findings: Finding[] = [];
  const onPages: { finding: Finding; page: number }[] = [];
  try {
    const files = await openPair(source, pair, reading);
    const pages = commonPages(files);
    findings.push(...volumeFindings(files), ...shiftFindings(files), ...stackFindings(files));
    if (findings.some(({ severity }) => severity === 'error')) return { samples, findings, censuses };
    findings.push(...partFindings(files), ...leftOutFindings(files));
    for (const page of chosenPages(pages, slices)) {
      throwIfCancelled();
      try {
        const size = await pairSize(files, page, reading);
        const note = (found: readonly Finding[]): void => {
          if (pages === 1) findings.push(...found);
          else onPages.push(...found.map((finding) => ({ finding, page })));
        };
        const unfit = sizeFindings(pair, size);
        if (unfit.some(({ severity }) => severity === 'error')) {
          note(unfit);
          continue;
        }
        await withDecodingMemory(size.bytes, async () => {
          const decoded = await decodePair(files, page, reading, true);
          censuses.push(...decoded.censuses);
          const found = [
            ...unfit,
            ...imageFindings(pair, decoded),
            ...maskFindings(pair, decoded),
            ...outsideFindings(files, decoded),
          ];
          note(found);
          if (found.some(({ severity }) => severity === 'error')) return;
          const sample = describe(pair, files, decoded, page);
          if (slices.marked && pages > 1 && sample.sample.foreground === 0) return;
          samples.push(sample);
        });
      } catch (error) {
        findings.push(failureFinding(error, pair));
      }
    }
  } catch (error) {
    findings.push(failureFinding(error, pair));
  }
  findings.push(...pageFindings(onPages));
  return { samples, findings, censuses };
}

function describe(pair: FilePair, files: PairFiles, decoded: DecodedPair, page: number): ExaminedSample {
  const pages = commonPages(files);
  const { channels, channelNames } = files.image.header;
  const { image, mask } = decoded;
  const name = pair.name ?? stemOf(pair.image);
  const group = pair.group ?? (pages > 1 && files.image.header.format === 'nifti' ? name : null);
  const foregroundPixels = mask.foreground.reduce((sum, mark) => sum + (mark === 1 ? 1 : 0), 0);
  return {
    sample: {
      name: pages > 1 ? `${name}#${page + 1}` : name,
      image: pair.image,
      masks: [...pair.masks],
      page,
      width: image.width,
      height: image.height,
      channels: image.channels,
      bitDepth: image.bitDepth,
      maskReading: mask.reading,
      foreground: foregroundPixels / mask.foreground.length,
      imageHash: imageHash(image),
      maskHash: maskHash(mask.foreground, decoded.maskWidth, decoded.maskHeight),
      givenSplit: pair.givenSplit,
      ...(group === null ? {} : { group }),
    },
    thumbnail: thumbnail(image),
    fine: fineThumbnail(image),
    greyStoredAsColour: image.greyStoredAsColour,
    hasAlpha: image.alpha !== null,
    fileChannels: isVolumeFilm(files) ? 1 : channels,
    channelNames,
    maskMinIsWhite: decoded.maskMinIsWhite,
    borderMarked: borderMarked(mask.foreground, decoded.maskWidth, decoded.maskHeight),
  };
}

function borderMarked(marks: Uint8Array, width: number, height: number): number {
  const counts = borderCounts(marks, width, height);
  return (counts.get(1) ?? 0) / Math.max(1, 2 * (width + height) - 4);
}

/** Codes of findings for files that are not simply unreadable. */
const FINDINGS: Partial<Record<FailureCode, string>> = {
  'image-empty': 'empty-file',
  'image-format-unknown': 'unsupported-format',
  'image-values-unread': 'unsupported-format',
  'image-colours-unread': 'unsupported-format',
  'image-compression-unread': 'unsupported-format',
  'image-volume-in-page': 'unsupported-format',
  'dicom-packing-unread': 'unsupported-format',
  'volume-takes-too-much': 'too-large',
  'annotation-unread': 'annotation-unread',
  'bmp-kind-unread': 'unsupported-format',
  'image-too-large': 'too-large',
  'image-takes-too-much': 'too-large',
  'pair-takes-too-much': 'too-large',
  'file-too-large': 'too-large',
};

/** A failure of one of the pair's files; what is not the files' fault goes on. */
function failureFinding(error: unknown, pair: FilePair): Finding {
  if (!(error instanceof CcnetError) || hasCode(error, 'cancelled', 'out-of-memory')) throw error;
  const { code, facts } = error.failure;
  return {
    severity: 'error',
    code: FINDINGS[code] ?? 'unreadable',
    file: 'file' in facts ? facts.file : pair.image,
    problem: error.message,
    remedy: remedyOf(error.failure),
  };
}

/** The pages of a stack or volume that are taken, from 0. */
function chosenPages(pages: number, { from = 1, to = pages, every = 1 }: SliceChoice): number[] {
  if (pages === 1) return [0];
  const all = Array.from({ length: pages }, (_, page) => page);
  return all.filter((page) => page >= from - 1 && page < to && (page - from + 1) % every === 0);
}

/** An image of which its file holds a part that is whole by itself, and pictures beside the one that is read. */
function partFindings({ image, masks }: PairFiles): Finding[] {
  const finding = (file: string, problem: string, remedy: string): Finding => ({
    severity: 'warning',
    code: 'part-of-image',
    file,
    problem,
    remedy,
  });
  const found: Finding[] = [];
  const { otherFiles = 0 } = image.header;
  if (otherFiles > 0)
    found.push(
      finding(
        image.path,
        `The file says that its image is spread over ${otherFiles + 1} files; the slices and channels of this one are read.`,
        'Save the image as one file where those of the others are wanted.',
      ),
    );
  for (const { path, header } of [image, ...masks.filter((mask) => 'bytes' in mask)]) {
    const { otherImages = 0 } = header;
    if (otherImages > 0)
      found.push(
        finding(
          path,
          `The file holds ${otherImages + 1} images; only one of them is read.`,
          'Save the others as files of their own, each with its mask.',
        ),
      );
  }
  return found;
}

/** A volume beside a picture: nothing tells on which side the volume's slices have their left, and beside DICOM not even which slice is which. */
function volumeFindings({ image, masks }: PairFiles): Finding[] {
  const isVolume = ({ format }: { format: string }): boolean => format === 'nifti';
  const other = masks.find(({ header }) => isVolume(header) !== isVolume(image.header));
  if (!other || 'drawing' in other) return [];
  const file = isVolume(image.header) ? image.path : other.path;
  if ([image, other].some(({ header }) => header.format === 'dicom'))
    return [
      {
        severity: 'error',
        code: 'volume-beside-dicom',
        file,
        problem:
          'One of image and mask is a NIfTI volume and the other is DICOM: names do not tell which slices belong together.',
        remedy:
          'Keep such images in a data set of their own, where slices and masks are matched by their places, or save both in one format.',
      },
    ];
  return [
    {
      severity: 'warning',
      code: 'volume-beside-picture',
      file,
      problem:
        'One of image and mask is a NIfTI volume, which is turned as its orientation says, and the other is not.',
      remedy: [{ kind: 'look-at-overlay' }, 'Save both in one format if they do not lie on each other.'],
    },
  ];
}

/** Volumes that run the same way and lie elsewhere by their headers: programs lose origins and spacings. */
function shiftFindings({ image, masks }: PairFiles): Finding[] {
  return masks.flatMap((mask): Finding[] => {
    const places = volumesApart(image, mask);
    if (places?.relation !== 'shifted') return [];
    const apart = places.apart.toLocaleString('en-GB', { maximumSignificantDigits: 2 });
    return [
      {
        severity: 'warning',
        code: 'mask-shifted',
        file: mask.path,
        problem: `By what both files say, it lies up to ${apart} mm beside ${image.path}; voxel is taken for voxel.`,
        remedy: [{ kind: 'look-at-overlay' }, 'Save the mask with the header of its image.'],
      },
    ];
  });
}

/** Up to so many pages are named one by one. */
const NAMED_PAGES = 2;

/** What is to be said of single pages; of what holds for many of a file, one finding that says of how many. */
function pageFindings(onPages: readonly { finding: Finding; page: number }[]): Finding[] {
  const same = Map.groupBy(onPages, ({ finding: { severity, code, file, problem } }) =>
    JSON.stringify([severity, code, file, problem]),
  );
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length <= NAMED_PAGES)
      return group.map(({ finding, page }) => ({
        ...finding,
        problem: `Page ${page + 1}: ${finding.problem}`,
      }));
    const pages = group.map(({ page }) => page + 1);
    const named = `${group.length} pages (${pages[0] ?? 1} to ${pages.at(-1) ?? 1})`;
    return [{ ...first.finding, problem: `${named}: ${first.finding.problem}` }];
  });
}
