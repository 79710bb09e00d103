import type { DatasetView, ImageView, SegmentabilityView } from '#contract/channels.ts';
import type { EditedImages, ImageEdit, ImageState } from '#common/dataset/imageEdit.ts';
import type { Finding } from '#common/dataset/dataset.ts';
import { changeImages, editImages } from '../../jobs/dataset/editImages.ts';
import { outputsOf } from '../../jobs/outputs.ts';
import { segmentabilityExamples } from '../../jobs/dataset/segmentabilityExamples.ts';
import type { ImageClassifier } from '../media/renderWorking.ts';
import { type DatasetRecord, requireShown } from '../../project/records/datasets.ts';
import type { MediaSource } from '../media/mediaSource.ts';
import { datasetView, imageViews } from './datasetView.ts';
import type { OpenedProject } from './openedProject.ts';

/** What the window asks about datasets and their images. */
export const datasetCalls = (opened: OpenedProject) => {
  const present = (id: number): DatasetRecord => opened.removed.present(id);
  return {
    'datasets.list': (): DatasetView[] =>
      opened.project.datasets
        .list()
        .filter(({ id }) => !opened.removed.has(id))
        .map((dataset) => datasetView(opened.project, dataset)),
    'datasets.images': (id: number): ImageView[] => imageViews(opened.project, present(id).id),
    'datasets.findings': (id: number): Finding[] => opened.project.findings.ofDataset(present(id).id),
    'datasets.segmentability': (id: number): SegmentabilityView | null => {
      const measured = segmentabilityExamples(opened.project, present(id).id);
      return (
        measured && {
          ...measured,
          examples: measured.examples.map(({ label, image, dice }) => ({
            label,
            dice,
            image: image.id,
            name: image.name,
          })),
        }
      );
    },
    'datasets.editImages': ({
      id,
      images,
      edit,
    }: {
      id: number;
      images: readonly number[];
      edit: ImageEdit;
    }): EditedImages => editImages(opened.project, present(id).id, images, edit),
    'datasets.restoreImages': ({
      id,
      images,
    }: {
      id: number;
      images: readonly ImageState[];
    }): EditedImages => ({ ...changeImages(opened.project, present(id).id, images), alongside: 0 }),
    'datasets.rename': ({ id, name }: { id: number; name: string }): DatasetView => {
      requireShown(name);
      opened.project.datasets.rename(present(id).id, name);
      return datasetView(opened.project, present(id));
    },
    'datasets.remove': (id: number): null => {
      opened.removed.remove(present(id));
      return null;
    },
    'datasets.restore': (id: number): DatasetView => {
      opened.removed.restore(id);
      return datasetView(opened.project, present(id));
    },
    /** Undoes a relocation, without looking at the files: they are not there any more as a rule. */
    'datasets.moveBack': ({ id, root }: { id: number; root: string }): DatasetView => {
      opened.project.datasets.relocate(
        present(id).id,
        root,
        root.toLowerCase().endsWith('.zip') ? 'zip' : 'folder',
      );
      return datasetView(opened.project, present(id));
    },
    /** Whether a result may be written to a path that the user chose. @throws output-is-input */
    'outputs.requireFree': async (path: string): Promise<null> => {
      await outputsOf(opened.project).requireFree(path);
      return null;
    },
    /** Where an image of this project lies, or null: ids of other projects' images mean nothing here. */
    'images.source': (id: number): MediaSource | null => {
      const record = opened.project.images.byId(id);
      const dataset = record && opened.project.datasets.byId(record.datasetId);
      if (!record || !dataset) return null;
      const { root, reading, channels: datasetChannels } = dataset;
      const { image, masks, page, width, height, imageHash, maskHash } = record;
      return { root, reading, image, masks, page, width, height, imageHash, maskHash, datasetChannels };
    },
    /** The rule of brightness, colour and texture that has not seen an image; null for images by which it was not tested. */
    'images.classifier': (id: number): ImageClassifier | null => {
      const record = opened.project.images.byId(id);
      const measured = record && segmentabilityExamples(opened.project, record.datasetId);
      const example = measured?.examples.find(({ image }) => image.id === id);
      return measured && example
        ? { classifier: example.classifier, workingSide: measured.workingSide }
        : null;
    },
  };
};
