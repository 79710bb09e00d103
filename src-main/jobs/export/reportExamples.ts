import { numberedNames } from '#common/numberedNames.ts';
import { overlayImage } from '../../export/report/overlayImage.ts';
import type { Engine } from '../../engine/Engine.ts';
import type { ReportExample } from '../../export/report/reportData.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import { SampleCache } from '../../training/sampleCache.ts';
import { segmentImage } from '../../training/segmentImage.ts';
import { withPredictor } from '../training/withPredictor.ts';
import { dealtImages } from '../dataset/dealtImages.ts';
import { withSamples } from '../dataset/withSamples.ts';
import { storedWeights } from '../training/storedWeights.ts';

/** Overlays of the best, median and worst test image of a trained network. */
export async function reportExamples(
  project: Project,
  engine: Engine,
  dataset: DatasetRecord,
  record: TrainedNetworkRecord,
  signal: AbortSignal,
): Promise<ReportExample[]> {
  // The images may have been left out or moved since.
  const images = numberedNames(dealtImages(project, dataset.id, record.fold, 'test'));
  const places = new Map(images.map((name, index) => [name, index]));
  const tested = numberedNames(record.test.perImage);
  const order = record.test.perImage
    .flatMap(({ name, dice }, at) => {
      const index = places.get(tested[at] ?? '');
      return index === undefined ? [] : [{ name, dice, index }];
    })
    .sort((a, b) => b.dice - a.dice);
  const picks = [
    ['best', order[0]],
    ['median', order[Math.floor((order.length - 1) / 2)]],
    ['worst', order.at(-1)],
  ] as const;
  return withSamples(
    project,
    dataset,
    { workingSide: record.recipe.workingSide, fold: record.fold },
    (samplesOf) =>
      withPredictor(engine, record.network, storedWeights(project, record), async (predictor) => {
        const source = samplesOf('test');
        const prepared = new SampleCache(source, 0);
        const examples: ReportExample[] = [];
        for (const [label, pick] of picks) {
          if (!pick) continue;
          const foreground = await segmentImage(predictor, await prepared.load(pick.index, signal));
          const overlayPng = await overlayImage(await source.load(pick.index, signal), foreground);
          examples.push({ label, name: pick.name, dice: pick.dice, overlayPng });
        }
        return examples;
      }),
  );
}
