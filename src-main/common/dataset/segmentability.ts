import { z } from 'zod';

/** A linear rule of 43 local features (docs/complexity.md), whose logistic value says how likely a pixel is foreground. */
export const pixelClassifierSchema = z.object({
  weights: z.array(z.number()),
  intercept: z.number(),
  /** Probability above which a pixel counts as found. */
  threshold: z.number().min(0).max(1),
});
export type PixelClassifier = z.infer<typeof pixelClassifierSchema>;

/** Linear segmentability: how well brightness, colour and texture alone tell the objects of some images from their background. */
export const segmentabilitySchema = z.object({
  /** Mean Dice over the images that could be tested, each halved in two ways (docs/complexity.md); null without any. */
  value: z.number().min(0).max(1).nullable(),
  /** The images that were looked at, as they are halved into the first and the second: every image is tested by the classifier of the other half. */
  images: z.array(
    z.object({
      /** Position among the images that there were to choose from. */
      index: z.number().int().nonnegative(),
      /** Null where it has no foreground, or the other half taught nothing. */
      dice: z.number().min(0).max(1).nullable(),
    }),
  ),
  /** Of the first and of the second half; null for one in which only foreground or only background was to be seen. */
  classifiers: z.tuple([pixelClassifierSchema.nullable(), pixelClassifierSchema.nullable()]),
});
export type Segmentability = z.infer<typeof segmentabilitySchema>;

/** The classifier that has not seen the image at `index`: the other half's, or either for an image that was not looked at. */
export function classifierFor(
  { images, classifiers }: Segmentability,
  index: number,
): PixelClassifier | null {
  const [first, second] = classifiers;
  const place = images.findIndex((image) => image.index === index);
  if (place < 0) return first ?? second;
  return place < Math.floor(images.length / 2) ? second : first;
}
