import { canonicalJson } from '#common/canonicalJson.ts';
import { firstLevelWidth } from '#common/calibration/rebasedRun.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';

/** Filters of the first level up to which learning from a wider network was measured to help (docs/engine.md). */
const NARROW = 2;

/**
 * The network that a narrow one, trained from masks alone, could learn from as well: trained in the same way on the same images, at least twice as wide
 * and better on the validation images; of several the best there. Undefined where there is none, or the network is not narrow.
 */
export function wiserTeacher(
  project: Project,
  narrow: TrainedNetworkRecord,
): TrainedNetworkRecord | undefined {
  if (narrow.datasetId === null || firstLevelWidth(narrow) > NARROW) return undefined;
  const alike = ({ recipe, fold, network }: TrainedNetworkRecord): string =>
    canonicalJson([recipe, fold, network.family, network.channels]);
  const skill = ({ validation }: TrainedNetworkRecord): number => validation?.dice ?? 0;
  return project.networks
    .list(narrow.datasetId)
    .filter(
      (one) =>
        one.runId !== null &&
        alike(one) === alike(narrow) &&
        firstLevelWidth(one) >= 2 * firstLevelWidth(narrow) &&
        skill(one) > skill(narrow),
    )
    .reduce<TrainedNetworkRecord | undefined>(
      (best, one) => (best === undefined || skill(one) > skill(best) ? one : best),
      undefined,
    );
}
