import { jobKind } from './jobKind.ts';
import { networkId } from './requestFields.ts';

/** One test image with the outlines of the true and the found objects drawn on it. */
export interface ExamplePicture {
  readonly label: 'best' | 'median' | 'worst';
  readonly name: string;
  readonly dice: number;
  /** PNG as a data: URL. */
  readonly overlay: string;
}

/** Best, median and worst test image of a trained network, as pictures. */
export const examplesKind = jobKind<readonly ExamplePicture[]>()({
  kind: 'examples',
  fields: { network: networkId },
  paths: {},
  title: ({ network }) => `Show examples of network ${network}`,
  lane: 'quick',
  reads: 'images',
  writes: false,
});
