import type { LayerDescription } from '#common/network/layerDescription.ts';

/** A layer of the table together with what runs in passing; its inputs are places in the list. */
export interface FusedLayer {
  readonly layer: LayerDescription;
  readonly inputs: readonly number[];
  /** A convolution or batch norm whose output goes through a ReLU. */
  readonly relu: boolean;
  /** A convolution that a batch norm alone reads: its bias has no effect in training and no gradient. */
  readonly normalized: boolean;
  /** Those that read its output, in ascending order. */
  readonly consumers: readonly number[];
}

/** A layer table with every ReLU in the convolution or batch norm before it, where nothing else reads that: as native/step/plan/fuse.h. */
export function fuseLayers(layers: readonly LayerDescription[]): readonly FusedLayer[] {
  const readers = new Map<string, LayerDescription[]>(layers.map(({ name }) => [name, []]));
  for (const layer of layers) for (const input of layer.inputs) readers.get(input)?.push(layer);
  const readOnlyBy = ({ name }: LayerDescription, kind: LayerDescription['kind']): boolean => {
    const found = readers.get(name) ?? [];
    return found.length === 1 && found[0]?.kind === kind;
  };
  const takesRelu = (layer: LayerDescription): boolean =>
    (isConvolution(layer) || layer.kind === 'batchNorm') && readOnlyBy(layer, 'relu');
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const places = new Map<string, number>();
  const fused: Omit<FusedLayer, 'consumers'>[] = [];
  for (const layer of layers) {
    const inputs = layer.inputs.map((name) => placeOf(places, layer, name));
    const before = byName.get(layer.inputs[0] ?? '');
    if (layer.kind === 'relu' && before && takesRelu(before)) {
      places.set(layer.name, inputs[0] ?? 0);
      continue;
    }
    places.set(layer.name, fused.length);
    const normalized = isConvolution(layer) && readOnlyBy(layer, 'batchNorm');
    fused.push({ layer, inputs, relu: takesRelu(layer), normalized });
  }
  return fused.map((layer, place) => ({
    ...layer,
    consumers: fused.flatMap(({ inputs }, reader) => (inputs.includes(place) ? [reader] : [])),
  }));
}

export function isConvolution({ kind }: LayerDescription): boolean {
  return kind === 'convolution' || kind === 'transposed';
}

function placeOf(places: ReadonlyMap<string, number>, layer: LayerDescription, name: string): number {
  const place = places.get(name);
  if (place === undefined) throw new Error(`Layer ${layer.name} reads ${name}, which is no layer before it.`);
  return place;
}
