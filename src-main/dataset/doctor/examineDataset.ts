import { availableParallelism } from 'node:os';
import type { Examination, Finding } from '#common/dataset/dataset.ts';
import { throwIfCancelled } from '#common/errors.ts';
import type { OnProgress } from '#contract/progress.ts';
import { NothingUsableError } from '../datasetErrors.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import { datasetFindings } from './datasetFindings.ts';
import type { Discovery } from '../pairing/discoverPairs.ts';
import type { FilePair } from '../pairing/filePair.ts';
import { discoverPairs } from '../pairing/discoverPairs.ts';
import { examinePair } from './examinePair.ts';
import { mapConcurrently } from '../mapConcurrently.ts';
import type { ManualPair } from '../pairing/manualPairs.ts';
import { manualPairs } from '../pairing/manualPairs.ts';
import { timeLeft } from './timeLeft.ts';

export interface ExamineOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Pairs made by hand; no naming convention is looked for then. */
  readonly pairing?: readonly ManualPair[];
}

/**
 * The doctor: finds all pairs, decodes each once (a few at a time), and lists the usable samples, in natural order, and
 * everything that was noticed, errors first.
 *
 * @throws NothingUsableError when no pair can be used (its report holds the findings); CancelledError when aborted;
 *   UsageError when `pairing` names a file that is not there
 */
export async function examineDataset(
  source: DatasetSource,
  options: ExamineOptions = {},
): Promise<Examination> {
  const { signal, onProgress, pairing } = options;
  throwIfCancelled(signal, 'The check of the data set');
  const { files, refused } = await source.list();
  const paths = files.map((file) => file.path);
  const discovery = pairing ? manualPairs(pairing, paths) : discoverPairs(paths);
  const examined = await examineAll(source, discovery.pairs, signal, onProgress);
  const usable = examined.flatMap((examination) => examination.samples);
  const findings = [
    ...refused,
    ...discovery.findings,
    ...examined.flatMap((examination) => examination.findings),
    ...(usable.length > 0 ? datasetFindings(usable) : []),
  ];
  const result: Examination = {
    root: source.root,
    convention: discovery.convention,
    samples: usable.map((entry) => entry.sample),
    findings: errorsFirst(findings),
  };
  if (usable.length === 0) throw nothingUsable(result, discovery, paths.length);
  return result;
}

async function examineAll(
  source: DatasetSource,
  pairs: readonly FilePair[],
  signal: AbortSignal | undefined,
  onProgress: OnProgress | undefined,
): Promise<Awaited<ReturnType<typeof examinePair>>[]> {
  const started = performance.now();
  const check = (): void => throwIfCancelled(signal, 'The check of the data set');
  let done = 0;
  return mapConcurrently(pairs, Math.min(4, availableParallelism()), async (pair) => {
    check();
    const examination = await examinePair(source, pair, check);
    done += 1;
    onProgress?.({
      stage: 'Checking images',
      done,
      total: pairs.length,
      unit: 'images',
      secondsLeft: timeLeft(started, done, pairs.length),
    });
    return examination;
  });
}

function errorsFirst(findings: readonly Finding[]): Finding[] {
  const order = { error: 0, warning: 1, info: 2 };
  return [...findings].sort((a, b) => order[a.severity] - order[b.severity]);
}

function nothingUsable(result: Examination, discovery: Discovery, files: number): NothingUsableError {
  const { images, masks, unreadable } = discovery.counted;
  const first = result.findings.find((finding) => finding.severity === 'error') ?? result.findings[0];
  const found =
    discovery.pairs.length > 0
      ? `${discovery.pairs.length} image/mask pairs were found, but none can be used`
      : `no image/mask pair was found among ${files} files (${images} look like images, ${masks} like masks, ${unreadable} have formats that are not read)`;
  const example = first ? ` First problem: ${first.file}: ${first.problem}` : '';
  return new NothingUsableError(
    `"${result.root}": ${found}.${example}`,
    'Looked for: images/ and masks/ folders (also labels, gt, annotations, 1st_manual, imagesTr/labelsTr), x_mask beside x ' +
      '(also _anno, _segmentation, _gt, _seg, _label), <id>/images with <id>/masks/*, and NN with NN_GT/SEG, ' +
      'as PNG, JPEG, WebP, TIFF, GIF or BMP.',
    result,
  );
}
