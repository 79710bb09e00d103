import type { PredictionView } from '#contract/channels.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { offeredCandidates } from '#common/prediction/offeredCandidates.ts';

type Request = RequestOf<'compress'>;

/**
 * Asks for the training of what was chosen from a prediction that the window shows. The job chooses again by the same rule, so it is
 * asked about the very sizes, at the very resolution, that the shown prediction was about.
 */
export function trainingRequest(
  { datasetId, network, prediction }: Pick<PredictionView, 'datasetId' | 'network' | 'prediction'>,
  training: Omit<Request, 'kind' | 'dataset' | 'family' | 'width' | 'alphas' | 'workingSide'>,
): Request {
  const { family, width } = network;
  const { candidates, workingSide } = prediction;
  return {
    ...training,
    kind: 'compress',
    dataset: datasetId,
    family,
    width,
    alphas: offeredCandidates(candidates).map(({ alpha }) => alpha),
    workingSide,
    recipe: { ...training.recipe, workingSide },
  };
}
