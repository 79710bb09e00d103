import { canonicalJson } from '#common/canonicalJson.ts';
import { firstLevelWidth } from '#common/calibration/rebasedRun.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { undistilled } from '#common/training/undistilled.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import type { TrainRequest } from './trainRequest.ts';

type Asked = Pick<TrainRequest, 'project' | 'dataset' | 'network' | 'recipe' | 'seed' | 'fold'>;

/** The network that a request's recipe has it learn from; undefined where it learns from masks alone. */
export function teacherOf({ network, recipe }: Pick<Asked, 'network' | 'recipe'>): NetworkSpec | undefined {
  const { teacherWidth } = recipe;
  if (teacherWidth === undefined) return undefined;
  return teacherWidth <= network.width
    ? { ...network, factor: teacherWidth / network.width }
    : { ...network, width: teacherWidth, factor: 1 };
}

/** A trained network of that size which learnt from the same images by the rest of the recipe; of several, one from the same seed. */
export function storedTeacher({
  project,
  dataset,
  network,
  recipe,
  seed,
  fold,
}: Asked): TrainedNetworkRecord | undefined {
  const alike = (of: Pick<TrainedNetworkRecord, 'recipe' | 'fold' | 'network'>): string =>
    canonicalJson([of.recipe, of.fold, of.network.family, of.network.channels, firstLevelWidth(of)]);
  const teacher = teacherOf({ network, recipe });
  if (!teacher) return undefined;
  const wanted = alike({ recipe: undistilled(recipe), fold, network: teacher });
  const found = project.networks
    .trainedOn(dataset.id, dataset.fingerprint)
    .filter((one) => alike(one) === wanted);
  return found.findLast((one) => one.seed === seed) ?? found.at(-1);
}
