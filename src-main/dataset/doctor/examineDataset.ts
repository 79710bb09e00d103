import { availableParallelism } from 'node:os';
import type { Examination, Finding } from '#common/dataset/dataset.ts';
import { CcnetError, throwIfCancelled } from '#common/errors.ts';
import type { OnProgress } from '#contract/progress.ts';
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
 * @throws nothing-usable when no pair can be used (its facts hold the findings); CancelledError when aborted;
 *   pairing-names-unknown-file
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

function nothingUsable(result: Examination, discovery: Discovery, files: number): CcnetError {
  const { root, findings } = result;
  const pairs = discovery.pairs.length;
  return new CcnetError('nothing-usable', { root, pairs, files, ...discovery.counted, findings });
}
