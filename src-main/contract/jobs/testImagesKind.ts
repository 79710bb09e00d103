import { jobKind } from './jobKind.ts';
import { networkId } from './requestFields.ts';

/** How many test images a network was looked at on, now and before. */
export interface TestImagesResult {
  readonly images: number;
}

/** Every test image of a trained network: what it found there, and how well, image by image and object by object. */
export const testImagesKind = jobKind<TestImagesResult>()({
  kind: 'test-images',
  fields: { network: networkId },
  paths: {},
  title: ({ network }) => `Look at every test image of network ${network}`,
  lane: 'quick',
  reads: 'images',
  writes: true,
});
