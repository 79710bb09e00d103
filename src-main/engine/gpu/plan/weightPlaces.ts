import type { LayerDescription } from '#common/network/layerDescription.ts';
import { networkWeights, sizeOf, type WeightShape } from '#common/network/layerWeights.ts';

/** One weight tensor and where it lies in the one buffer of all weights: trainable ones first. */
export interface WeightPlace extends WeightShape {
  /** In floats. */
  readonly at: number;
  readonly size: number;
}

export interface WeightPlaces {
  /** In the order of networkWeights. */
  readonly all: readonly WeightPlace[];
  /** Floats of all, and of those that are learnt. */
  readonly size: number;
  readonly trainable: number;
  at(layer: LayerDescription, role: WeightShape['role']): number;
}

export function weightPlaces(layers: readonly LayerDescription[]): WeightPlaces {
  let size = 0;
  let trainable = 0;
  const all = networkWeights(layers).map((weight) => {
    const place = { ...weight, at: size, size: sizeOf(weight.shape) };
    size += place.size;
    if (weight.trainable) trainable = size;
    return place;
  });
  const byName = new Map(all.map((place) => [place.name, place]));
  return {
    all,
    size,
    trainable,
    at: ({ name }, role) => {
      const place = byName.get(`${name}/${role}`);
      if (!place) throw new Error(`Layer ${name} has no ${role}.`);
      return place.at;
    },
  };
}
