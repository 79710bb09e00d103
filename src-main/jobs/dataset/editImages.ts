import { SPLITS } from '#common/dataset/dataset.ts';
import type { EditedImages, ImageEdit, ImageState } from '#common/dataset/imageEdit.ts';
import { CcnetError } from '#common/errors.ts';
import { marksOfAll } from '../../dataset/masks/marksOfAll.ts';
import { contentsFingerprint, datasetFingerprint } from '../../dataset/source/datasetFingerprint.ts';
import { inseparable } from '../../dataset/splits/inseparable.ts';
import type { ImageRecord } from '../../project/records/images.ts';
import type { Project } from '../../project/project.ts';

/**
 * Edits images of a stored dataset. Those of one group, and copies, move together. The dataset gets another fingerprint, so that runs that were made
 * before stay tied to what they were trained on; they count again when the edit is undone.
 * @throws split-left-empty, masks-of-one-kind
 */
export function editImages(
  project: Project,
  dataset: number,
  ids: readonly number[],
  edit: ImageEdit,
): EditedImages {
  const images = project.images.allOfDataset(dataset);
  const named = new Set(ids);
  const meant =
    edit.kind === 'move'
      ? inseparable(images)
          .filter(({ members }) => members.some((index) => named.has(images[index]?.id ?? 0)))
          .flatMap(({ members }) => members.flatMap((index) => images[index] ?? []))
      : images.filter(({ id }) => named.has(id));
  const changes = meant
    .map((image) => changed(image, edit))
    .filter((change, index) => isOther(change, meant[index]));
  const alongside = meant.filter(({ id }) => !named.has(id)).length;
  return { ...changeImages(project, dataset, changes), alongside };
}

function changed({ id, split, excluded }: ImageRecord, edit: ImageEdit): ImageState {
  if (edit.kind === 'exclude') return { id, split, excluded: edit.reason };
  return edit.kind === 'include' ? { id, split, excluded: null } : { id, split: edit.split, excluded };
}

const isOther = (change: ImageState, image: ImageRecord | undefined): boolean =>
  change.split !== image?.split || change.excluded !== image.excluded;

/** Brings images to a state, such as that before an edit. @throws split-left-empty, masks-of-one-kind */
export function changeImages(
  project: Project,
  dataset: number,
  changes: readonly ImageState[],
): Omit<EditedImages, 'alongside'> {
  const { name } = project.datasets.required(dataset);
  const wanted = new Map(changes.map((change) => [change.id, change]));
  const images = project.images.allOfDataset(dataset);
  const before = images
    .filter(({ id }) => wanted.has(id))
    .map(({ id, split, excluded }) => ({ id, split, excluded }));
  const after = images.map((image) => ({
    ...image,
    ...wanted.get(image.id),
    dealtSplit: image.dealtSplit ?? image.split,
  }));
  const counting = after.filter(({ excluded }) => excluded === null);
  for (const split of SPLITS) {
    if (!counting.some((image) => image.split === split))
      throw new CcnetError('split-left-empty', { dataset: name, split });
  }
  const marks = marksOfAll(counting);
  if (marks) throw new CcnetError('masks-of-one-kind', { marks, masks: counting.length });
  const fingerprint = fingerprintOf(project, after);
  const forgotten = before.length > 0 ? store(project, dataset, changes, fingerprint) : 0;
  return { before, forgotten, fingerprint };
}

function store(
  project: Project,
  dataset: number,
  changes: readonly ImageState[],
  fingerprint: string,
): number {
  return project.transaction(() => {
    project.images.change(changes);
    project.datasets.refingerprint(dataset, fingerprint);
    project.complexity.forgetSegmentability(dataset);
    return project.trainings.forgetUnfinished(dataset);
  });
}

/** Where all edits are undone, the one that the dataset was added with: older versions named it by its contents, however it was dealt. */
function fingerprintOf(project: Project, images: readonly ImageRecord[]): string {
  const counting = images.filter(({ excluded }) => excluded === null);
  const fingerprint = datasetFingerprint(counting);
  const isEdited = images.some(
    ({ excluded, split, dealtSplit }) => excluded !== null || (dealtSplit ?? split) !== split,
  );
  return isEdited || project.datasets.imagesOf(fingerprint) !== null
    ? fingerprint
    : contentsFingerprint(counting);
}
