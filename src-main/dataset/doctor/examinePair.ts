import type { Finding, Sample } from '#common/dataset/dataset.ts';
import { CcnetError, hasCode } from '#common/errors.ts';
import { type FailureCode, remedyOf } from '#common/failures/failures.ts';
import { stemOf } from '../pairing/classifyPaths.ts';
import { imageHash, maskHash } from '../source/contentHash.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import type { FilePair } from '../pairing/filePair.ts';
import { imageFindings } from './imageFindings.ts';
import { maskFindings } from './maskFindings.ts';
import type { DecodedPair } from '../pairing/pairFiles.ts';
import { withDecodingMemory } from '../decoding/decodingMemory.ts';
import { commonPages, decodePair, openPair, pairSize } from '../pairing/pairFiles.ts';
import { sizeFindings } from './sizeFindings.ts';
import { thumbnail } from '../decoding/thumbnail.ts';

/** A sample with what only the whole data set can judge. */
export interface ExaminedSample {
  readonly sample: Sample;
  readonly thumbnail: Float32Array;
  readonly greyStoredAsColour: boolean;
  readonly hasAlpha: boolean;
}

export interface PairExamination {
  readonly samples: readonly ExaminedSample[];
  readonly findings: readonly Finding[];
}

/**
 * Reads and decodes one pair, page by page. Whatever is wrong with it becomes a finding; only a cancelled signal and
 * errors of the program itself are thrown.
 */
export async function examinePair(
  source: DatasetSource,
  pair: FilePair,
  throwIfCancelled: () => void,
): Promise<PairExamination> {
  const samples: ExaminedSample[] = [];
  const findings: Finding[] = [];
  try {
    const files = await openPair(source, pair);
    const pages = commonPages(files);
    for (const { path, header } of [files.image, ...files.masks]) {
      if (header.pages !== pages) findings.push(pageCount(path, header.pages, pages));
    }
    for (let page = 0; page < pages; page += 1) {
      throwIfCancelled();
      try {
        const size = await pairSize(files, page);
        const note = (found: readonly Finding[]): void => {
          findings.push(...found.map((finding) => (pages > 1 ? onPage(finding, page) : finding)));
        };
        const unfit = sizeFindings(pair, size);
        if (unfit.some(({ severity }) => severity === 'error')) {
          note(unfit);
          continue;
        }
        await withDecodingMemory(size.bytes, async () => {
          const decoded = await decodePair(files, page);
          const found = [...unfit, ...imageFindings(pair, decoded), ...maskFindings(pair, decoded)];
          note(found);
          if (!found.some(({ severity }) => severity === 'error'))
            samples.push(describe(pair, decoded, page, pages));
        });
      } catch (error) {
        findings.push(failureFinding(error, pair));
      }
    }
  } catch (error) {
    findings.push(failureFinding(error, pair));
  }
  return { samples, findings };
}

function describe(pair: FilePair, decoded: DecodedPair, page: number, pages: number): ExaminedSample {
  const { image, mask } = decoded;
  const foregroundPixels = mask.foreground.reduce((sum, value) => sum + value, 0);
  return {
    sample: {
      name: pages > 1 ? `${stemOf(pair.image)}#${page + 1}` : stemOf(pair.image),
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
    },
    thumbnail: thumbnail(image),
    greyStoredAsColour: image.greyStoredAsColour,
    hasAlpha: image.alpha !== null,
  };
}

/** Codes of findings for files that are not simply unreadable. */
const FINDINGS: Partial<Record<FailureCode, string>> = {
  'image-empty': 'empty-file',
  'image-format-unknown': 'unsupported-format',
  'image-values-unread': 'unsupported-format',
  'bmp-kind-unread': 'unsupported-format',
  'image-too-large': 'too-large',
  'image-takes-too-much': 'too-large',
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

function pageCount(path: string, pages: number, used: number): Finding {
  return {
    severity: 'warning',
    code: 'page-count',
    file: path,
    problem: `It has ${pages} pages, its partner has ${used}; only the first ${used} ${used === 1 ? 'is' : 'are'} used.`,
    remedy: 'Export image and mask as stacks of equal length.',
  };
}

function onPage(finding: Finding, page: number): Finding {
  return { ...finding, problem: `Page ${page + 1}: ${finding.problem}` };
}
