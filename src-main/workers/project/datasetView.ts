import { existsSync } from 'node:fs';
import { fileOfMask } from '../../dataset/annotations/maskReference.ts';
import { serverOf } from '../../files/serverOf.ts';
import type { DatasetView, ImageView } from '#contract/channels.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';

const COVER_IMAGES = 5;

/**
 * Whether nothing lies at a path. A share of Windows is not asked: the project may be a stranger's, and asking would already
 * introduce this user to that server.
 */
function isMissing(root: string): boolean {
  return serverOf(root) === null && !existsSync(root);
}

/** A dataset as the window lists it. */
export function datasetView(project: Project, dataset: DatasetRecord): DatasetView {
  const { id, name, root, fingerprint, otherFingerprints, channels, convention, splitMode, addedAt } =
    dataset;
  const images = project.images.splitCounts(id);
  const findings = { error: 0, warning: 0, info: 0 };
  for (const { severity } of project.findings.ofDataset(id)) findings[severity] += 1;
  const [usual] = project.complexity.recipes(id);
  const measured = (usual?.images ?? 0) >= images.train;
  const segmentability = usual && project.complexity.segmentability(id, usual.recipe)?.value;
  return {
    ...{ id, name, root, missing: isMissing(root), fingerprint, otherFingerprints },
    ...{ channels, convention, splitMode, addedAt },
    ...{ images, findings, measured, segmentability: segmentability ?? null },
    cover: project.images.firstIds(id, COVER_IMAGES),
  };
}

/** The images of a dataset with their complexity, under the recipe that most of them were measured with, and their problems. */
export function imageViews(project: Project, dataset: number): ImageView[] {
  const recipe = project.complexity.recipes(dataset)[0]?.recipe;
  const values = recipe === undefined ? undefined : project.complexity.ofDataset(dataset, recipe);
  const problems = Map.groupBy(project.findings.ofDataset(dataset), ({ file }) => file);
  return project.images.allOfDataset(dataset).map((record) => {
    const { id, name, image, masks, width, height, channels, bitDepth, foreground, split, excluded } = record;
    return {
      ...{ id, name, image, width, height, channels, bitDepth, foreground, split, excluded },
      complexity: values?.get(id) ?? null,
      problems: [...new Set([image, ...masks, ...masks.map(fileOfMask)])].flatMap(
        (file) => problems.get(file) ?? [],
      ),
    };
  });
}
