import { PlainError } from '#common/errors.ts';
import type { NetworkFamily } from '#common/network/network.ts';

/** There is no stored run from which accuracy could be predicted. */
export class NotCalibratedError extends PlainError {
  /** @param rejected why stored runs were not used, in words; empty when nothing is stored */
  constructor(family: NetworkFamily, width: number, rejected: readonly string[]) {
    super(
      [
        `No stored run of another dataset can predict ${family} of base width ${width}.`,
        ...(rejected.length > 0 ? [`Not used: ${rejected.join(', ')}.`] : []),
      ].join(' '),
      `Calibrate ${family} at width ${width} on at least three other datasets (ccnet calibrate), or import a library: ccnet library import starter brings the one that comes with the product.`,
    );
  }
}
