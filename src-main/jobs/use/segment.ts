import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { SegmentResult } from '#contract/jobs/segmentKind.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { OutputFiles } from '../../files/outputFiles.ts';
import type { Project } from '../../project/project.ts';
import { readNetworkFile, type UsableNetwork } from '../../use/readNetworkFile.ts';
import { chosenSource } from '../dataset/chosenSource.ts';
import type { Job } from '../job.ts';
import { outputsOf } from '../outputs.ts';
import { withPredictor } from '../training/withPredictor.ts';
import { segmentSource } from './segmentSource.ts';
import { usableNetwork } from './usableNetwork.ts';

type Request = RequestOf<'segment'> | RequestOf<'segment-with-file'>;

/** Segments images with a network of the project. */
export function segment(request: RequestOf<'segment'>, project: Project): Job<ResultOf<'segment'>> {
  return {
    run: async (signal, onProgress) =>
      segmentWith(
        await usableNetwork(project, request.network, signal),
        request,
        outputsOf(project, [request.path]),
        signal,
        onProgress,
      ),
  };
}

/** Segments images with an exported network. */
export function segmentWithFile(request: RequestOf<'segment-with-file'>): Job<ResultOf<'segment-with-file'>> {
  return {
    run: async (signal, onProgress) =>
      segmentWith(
        await readNetworkFile(request.model),
        request,
        outputsOf(null, [request.path, request.model]),
        signal,
        onProgress,
      ),
  };
}

async function segmentWith(
  { card, weights }: UsableNetwork,
  request: Request,
  outputs: OutputFiles,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<SegmentResult> {
  const engine = await openEngine(request.device, { threads: request.threads ?? undefined });
  const source = await chosenSource(request);
  try {
    return await withPredictor(engine, card.network, weights, (predictor) =>
      segmentSource({ predictor, card, source, request, outputs, signal, onProgress }),
    );
  } finally {
    await source.close();
  }
}
