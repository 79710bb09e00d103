import { availableParallelism } from 'node:os';
import type { Finding, Sample } from '#common/dataset/dataset.ts';
import { CcnetError, hasCode, throwIfCancelled } from '#common/errors.ts';
import type { DatasetReading } from '#common/dataset/reading.ts';
import { remedyOf } from '#common/failures/failures.ts';
import type { OnProgress } from '#contract/progress.ts';
import { fileOfMask } from '../annotations/maskReference.ts';
import { imageHash, maskHash } from './contentHash.ts';
import type { DatasetSource } from './datasetSource.ts';
import { mapConcurrently } from '../mapConcurrently.ts';
import { withDecodingMemory } from '../decoding/decodingMemory.ts';
import { decodePair, openPair, pairSize } from '../pairing/pairFiles.ts';
import { timeLeft } from '../doctor/timeLeft.ts';

type Known = Pick<Sample, 'name' | 'image' | 'masks' | 'page' | 'imageHash' | 'maskHash'>;

interface CompareOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

const REMEDY = {
  missing: 'Copy the file there too, or choose the folder that holds it.',
  changed:
    'Take the file as it was, or add the folder as a new dataset: what was trained on the old one says nothing of it.',
};

/**
 * Holds the files of a source against the samples of a dataset: every file must be there, and its decoded pixels must be
 * those that were examined once, in whatever format they are stored.
 * @param reading how the dataset is read
 * @returns one error finding for each file that is missing (code "missing-file"), differs ("changed-image", "changed-mask") or
 *   cannot be read ("unreadable"); none when all are the same
 * @throws CancelledError
 */
export async function compareSource(
  source: DatasetSource,
  samples: readonly Known[],
  reading: DatasetReading,
  { signal, onProgress }: CompareOptions = {},
): Promise<Finding[]> {
  const check = (): void => throwIfCancelled(signal, 'The comparison of the files');
  const there = new Set((await source.list()).files.map(({ path }) => path));
  const wanted = new Set(samples.flatMap(({ image, masks }) => [image, ...masks.map(fileOfMask)]));
  const missing = [...wanted].filter((path) => !there.has(path)).map(missingFile);
  const complete = samples.filter(({ image, masks }) =>
    [image, ...masks.map(fileOfMask)].every((path) => there.has(path)),
  );
  // Pages of one file are compared together, so that it is read once.
  const files = [...Map.groupBy(complete, ({ image, masks }) => [image, ...masks].join('\n')).values()];
  const started = performance.now();
  let done = 0;
  const compared = await mapConcurrently(files, Math.min(4, availableParallelism()), async (pages) => {
    check();
    const findings = await comparePages(source, pages, reading, check);
    done += 1;
    onProgress?.({
      stage: 'Comparing images',
      done,
      total: files.length,
      unit: 'images',
      secondsLeft: timeLeft(started, done, files.length),
    });
    return findings;
  });
  return [...missing, ...compared.flat()];
}

async function comparePages(
  source: DatasetSource,
  pages: readonly Known[],
  reading: DatasetReading,
  check: () => void,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const [first] = pages;
  if (!first) return findings;
  try {
    const files = await openPair(source, first, reading);
    for (const { image: file, masks, page, imageHash: image, maskHash: mask } of pages) {
      check();
      const size = await pairSize(files, page, reading);
      if (size.image.width !== size.mask.width || size.image.height !== size.mask.height) {
        findings.push(changed('changed-image', file));
        continue;
      }
      await withDecodingMemory(size.bytes, async () => {
        const decoded = await decodePair(files, page, reading);
        if (imageHash(decoded.image) !== image) findings.push(changed('changed-image', file));
        const { maskWidth, maskHeight } = decoded;
        if (maskHash(decoded.mask.foreground, maskWidth, maskHeight) !== mask)
          findings.push(changed('changed-mask', masks[0] ?? file));
      });
    }
  } catch (error) {
    if (!(error instanceof CcnetError) || hasCode(error, 'cancelled', 'out-of-memory')) throw error;
    findings.push({
      severity: 'error',
      code: 'unreadable',
      file: first.image,
      problem: error.message,
      remedy: remedyOf(error.failure),
    });
  }
  return findings;
}

const missingFile = (file: string): Finding => ({
  severity: 'error',
  code: 'missing-file',
  file,
  problem: 'It is not there.',
  remedy: REMEDY.missing,
});

const changed = (code: 'changed-image' | 'changed-mask', file: string): Finding => ({
  severity: 'error',
  code,
  file,
  problem: 'Its pixels are not those that were examined when the dataset was added.',
  remedy: REMEDY.changed,
});
