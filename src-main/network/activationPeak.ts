import type { LayerDescription } from '#common/network/layerDescription.ts';

/**
 * Largest number of activation values that must exist at once in a forward pass of one image, by liveness: a feature
 * map lives from the layer that makes it to the last layer that reads it, and while a layer runs its inputs and its
 * output live together. Batch norm, ReLU and dropout work in place, as inference engines do.
 * @param layers in forward order
 */
export function activationPeak(layers: readonly LayerDescription[], height: number, width: number): number {
  const storage = new Map<string, string>();
  const lastUse = new Map<string, number>();
  const values = new Map<string, number>();
  for (const [position, layer] of layers.entries()) {
    const [first] = layer.inputs;
    const inPlace = layer.kind === 'batchNorm' || layer.kind === 'relu' || layer.kind === 'dropout';
    const owner = inPlace && first !== undefined ? (storage.get(first) ?? first) : layer.name;
    storage.set(layer.name, owner);
    if (owner === layer.name) {
      values.set(owner, (layer.channels * height * width) / layer.reduction ** 2);
    }
    for (const input of layer.inputs) lastUse.set(storage.get(input) ?? input, position);
    lastUse.set(owner, position);
  }
  let live = 0;
  let peak = 0;
  for (const [position, layer] of layers.entries()) {
    live += values.get(layer.name) ?? 0;
    peak = Math.max(peak, live);
    const touched = new Set([...layer.inputs, layer.name].map((name) => storage.get(name) ?? name));
    for (const owner of touched) if (lastUse.get(owner) === position) live -= values.get(owner) ?? 0;
  }
  return peak;
}
