import { sideOfRecipe } from '#common/dataset/complexityRecipe.ts';
import { classifierFor, type PixelClassifier } from '#common/dataset/segmentability.ts';
import type { Project } from '../../project/project.ts';
import type { ImageRecord } from '../../project/records/images.ts';

/** A training image, and the rule of brightness, colour and texture that has not seen it. */
export interface SegmentabilityExample {
  readonly label: 'best' | 'median' | 'worst';
  readonly image: ImageRecord;
  /** Of what the rule finds. */
  readonly dice: number;
  readonly classifier: PixelClassifier;
}

export interface SegmentabilityExamples {
  readonly value: number;
  /** Shorter side at which it was measured. */
  readonly workingSide: number;
  readonly examples: readonly SegmentabilityExample[];
}

/**
 * The training images of which the rule found best, middling and worst, as they were measured last; null where segmentability was not measured, or is
 * unknown.
 */
export function segmentabilityExamples(project: Project, dataset: number): SegmentabilityExamples | null {
  const recipe = project.complexity.recipes(dataset)[0]?.recipe;
  const measured = recipe === undefined ? undefined : project.complexity.segmentability(dataset, recipe);
  const workingSide = recipe === undefined ? null : sideOfRecipe(recipe);
  if (!measured || measured.value === null || workingSide === null) return null;
  const images = project.images.ofDataset(dataset, 'train');
  const order = measured.images
    .flatMap(({ index, dice }) => {
      const [image, classifier] = [images[index], classifierFor(measured, index)];
      return dice === null || !image || !classifier ? [] : [{ image, dice, classifier }];
    })
    .sort((a, b) => b.dice - a.dice);
  const picks = [
    ['best', order[0]],
    ['median', order.length > 2 ? order[Math.floor((order.length - 1) / 2)] : undefined],
    ['worst', order.length > 1 ? order.at(-1) : undefined],
  ] as const;
  const examples = picks.flatMap(([label, pick]) => (pick ? [{ label, ...pick }] : []));
  return { value: measured.value, workingSide, examples };
}
