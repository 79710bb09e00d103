import type { DatasetReading } from '#common/dataset/reading.ts';
import { preparationOf } from '#common/preparation/preparation.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { NetworkCard } from '#common/use/networkCard.ts';
import { weightsDigest } from '../../export/weightsDigest.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import { trainingProfile } from '../use/trainingProfile.ts';

/** What the files of a trained network tell of it. */
export async function networkCard(
  project: Project,
  dataset: DatasetRecord,
  record: TrainedNetworkRecord,
  weights: readonly NamedTensor[],
  signal: AbortSignal,
): Promise<NetworkCard> {
  const { workingSide } = record.recipe;
  const { dice, iou, perImage } = record.test;
  const run = record.runId === null ? undefined : project.runs.byId(record.runId)?.run;
  return {
    format: 1,
    product: `CC-Net Workstation ${PRODUCT_VERSION}`,
    // Of the images that it learnt from, though others may count today.
    dataset: { name: dataset.name, fingerprint: run?.datasetFingerprint ?? dataset.fingerprint },
    run: record.id,
    trainedAt: record.createdAt,
    network: record.network,
    parameters: record.parameters,
    weights: weightsDigest(weights),
    preparation: preparationOf(record.network, workingSide),
    ...imagesOf(dataset.reading),
    test: { dice, iou, images: perImage.length },
    training: await trainingProfile(project, dataset, workingSide, signal),
  };
}

function imagesOf({ channel, axis, window, planes }: DatasetReading): Pick<NetworkCard, 'images'> {
  if (channel === 0 && axis === undefined && window === undefined && planes === undefined) return {};
  return {
    images: {
      channel,
      ...(axis === undefined ? {} : { axis }),
      ...(window === undefined ? {} : { window }),
      ...(planes === undefined ? {} : { planes }),
    },
  };
}
