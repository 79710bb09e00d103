import type { LayerDescription } from '../network/layerDescription.ts';

/** A layer together with the ReLU that follows it, if one does: the compiled step runs the two as one. */
export interface FusedLayer {
  readonly layer: LayerDescription;
  readonly relu: boolean;
  /** Indices, in the list of fused layers, of those whose output it reads. */
  readonly inputs: readonly number[];
}

/** The layers of a network with every ReLU joined to the layer before it. @param layers in forward order */
export function fuseRelu(layers: readonly LayerDescription[]): FusedLayer[] {
  const fused: FusedLayer[] = [];
  const indexOf = new Map<string, number>();
  for (const layer of layers) {
    const inputs = layer.inputs.map((name) => indexOf.get(name) ?? 0);
    const before = fused.at(-1);
    if (layer.kind === 'relu' && before && inputs[0] === fused.length - 1)
      fused[fused.length - 1] = { ...before, relu: true };
    else fused.push({ layer, relu: false, inputs });
    indexOf.set(layer.name, fused.length - 1);
  }
  return fused;
}
