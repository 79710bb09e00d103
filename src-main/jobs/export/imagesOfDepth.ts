import type { ImageRecord } from '../../project/records/images.ts';
import type { Project } from '../../project/project.ts';

/**
 * Images on which a file is run again that takes the stored values of one depth: test images, and where none of them has it, others, as
 * what it computes is held against the trained network and not against the masks.
 */
export function imagesOfDepth(
  project: Project,
  dataset: number,
  depth: ImageRecord['bitDepth'],
): ImageRecord[] {
  const images = project.images.ofDataset(dataset).filter(({ bitDepth }) => bitDepth === depth);
  const tests = images.filter(({ split }) => split === 'test');
  return tests.length > 0 ? tests : images;
}
