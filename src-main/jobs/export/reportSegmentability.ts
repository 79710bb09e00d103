import { hasCode } from '#common/errors.ts';
import { probabilityMap } from '../../complexity/measureSegmentability.ts';
import type { ReportData } from '../../export/report/reportData.ts';
import { segmentabilityImage } from '../../export/report/segmentabilityImage.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import { segmentabilityExamples } from '../dataset/segmentabilityExamples.ts';
import { withSamples } from '../dataset/withSamples.ts';

/** Pictures of what brightness, colour and texture alone find; none where it was not measured or the images are not there any more. */
export async function reportSegmentability(
  project: Project,
  dataset: DatasetRecord,
  signal: AbortSignal,
): Promise<ReportData['segmentability']> {
  const measured = segmentabilityExamples(project, dataset.id);
  if (!measured) return [];
  const training = project.images.ofDataset(dataset.id, 'train').map(({ id }) => id);
  try {
    return await withSamples(project, dataset, measured, async (samplesOf) => {
      const source = samplesOf('train');
      const pictures: ReportData['segmentability'][number][] = [];
      for (const { label, image, dice, classifier } of measured.examples) {
        const sample = await source.load(training.indexOf(image.id), signal);
        const picture = await segmentabilityImage(sample, await probabilityMap(sample, classifier));
        pictures.push({ label, name: image.name, dice, picture });
      }
      return pictures;
    });
  } catch (error) {
    if (hasCode(error, 'dataset-missing')) return [];
    throw error;
  }
}
