import type { LayerDescription } from '#common/network/layerDescription.ts';
import type { NamedTensor } from '#common/training/training.ts';

/** A trained network to be written to a file. */
export interface ExportedNetwork {
  /** "unet" */
  readonly name: string;
  readonly layers: readonly LayerDescription[];
  readonly weights: readonly NamedTensor[];
}
