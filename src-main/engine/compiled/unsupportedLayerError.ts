import { CcnetError, EXIT } from '#common/errors.ts';

/** A network has a layer that the compiled training step cannot run. */
export class UnsupportedLayerError extends CcnetError {
  readonly layer: string;
  readonly reason: string;

  constructor(layer: string, reason: string) {
    super(
      `The compiled training step cannot run layer ${layer}: ${reason}.`,
      'Train this network with the gradient tape of TensorFlow.js instead.',
      EXIT.usage,
    );
    this.layer = layer;
    this.reason = reason;
  }
}
