import type { PlannedLayer } from './stepAddon.ts';

/**
 * Folds each ReLU that is the only reader of a convolution or batch norm into it, and marks the convolutions that only
 * a batch norm reads. The last layer stays the last.
 */
export function fuseLayers(layers: readonly PlannedLayer[]): PlannedLayer[] {
  const readers = layers.map((_, index) => layers.filter(({ inputs }) => inputs.includes(index)));
  const onlyReader = (index: number): PlannedLayer | undefined =>
    readers[index]?.length === 1 ? readers[index][0] : undefined;
  const fusable = (index: number): boolean => {
    const layer = layers[index];
    const takes =
      layer?.kind === 'convolution' || layer?.kind === 'transposed' || layer?.kind === 'batchNorm';
    return takes && onlyReader(index)?.kind === 'relu';
  };
  const newIndex: number[] = [];
  const fused: PlannedLayer[] = [];
  for (const [index, layer] of layers.entries()) {
    const input = layer.inputs[0] ?? -1;
    if (layer.kind === 'relu' && fusable(input)) {
      newIndex[index] = newIndex[input] ?? -1;
      continue;
    }
    newIndex[index] = fused.length;
    fused.push({
      ...layer,
      inputs: layer.inputs.map((source) => newIndex[source] ?? -1),
      ...(fusable(index) && { relu: true }),
      ...(layer.relu !== true && onlyReader(index)?.kind === 'batchNorm' && { normalized: true }),
    });
  }
  return fused;
}
