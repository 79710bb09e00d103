import { canonicalJson } from '#common/canonicalJson.ts';
import { firstLevelWidth } from '#common/calibration/rebasedRun.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { Project } from '../../project/project.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';

/** Filters of the first level up to which learning from a wider network was measured to help (docs/engine.md). */
const NARROW = 2;

/** Whether a network is so narrow that it learns better from a wider one as well. */
export function isNarrow(network: NetworkSpec): boolean {
  return firstLevelWidth({ network }) <= NARROW;
}

/**
 * The network that a narrow one could learn from as well as from the masks: trained from masks alone in the same way on the same images, at
 * least twice as wide, and not one that failed to learn; of several the best on the validation images. Undefined where there is none.
 */
export function availableTeacher(
  project: Project,
  dataset: Pick<DatasetRecord, 'id' | 'fingerprint'>,
  narrow: Pick<TrainedNetworkRecord, 'network' | 'recipe' | 'fold'>,
): TrainedNetworkRecord | undefined {
  const alike = ({ recipe, fold, network }: typeof narrow): string =>
    canonicalJson([recipe, fold, network.family, network.channels]);
  const learnt = ({ runId }: TrainedNetworkRecord): boolean =>
    runId !== null && project.runs.byId(runId)?.run.learnt === true;
  const skill = ({ validation }: TrainedNetworkRecord): number => validation?.dice ?? 0;
  return project.networks
    .trainedOn(dataset.id, dataset.fingerprint)
    .filter(
      (one) =>
        alike(one) === alike(narrow) && firstLevelWidth(one) >= 2 * firstLevelWidth(narrow) && learnt(one),
    )
    .reduce<TrainedNetworkRecord | undefined>(
      (best, one) => (best === undefined || skill(one) > skill(best) ? one : best),
      undefined,
    );
}
