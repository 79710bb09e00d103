import type { FeatureMap } from './featureMap.ts';
import { isConvolution, type FusedLayer } from './fuseLayers.ts';
import { type BatchShape, mapSizes } from './mapSizes.ts';

/** Where the value and the gradient of every layer's output lie. */
export interface PlacedMaps {
  readonly values: readonly FeatureMap[];
  /** Null where no gradient is asked for: of the input, and in inference. */
  readonly gradients: readonly (FeatureMap | null)[];
}

interface Place {
  readonly owner: number;
  readonly first: number;
}

/**
 * Gives every layer's output its buffer. The inputs of a concatenation lie where it wants them, so that it costs nothing; the gradient of
 * a sum is that of its terms, and the gradient of batch norm's input takes the place of its output's.
 * @param folded for each layer, whether the batch norm that reads it is done in passing, so that both share a buffer
 */
export function placeMaps(
  layers: readonly FusedLayer[],
  shape: BatchShape,
  training: boolean,
  folded: readonly boolean[],
): PlacedMaps {
  const sizes = mapSizes(layers, shape);
  const values: Place[] = layers.map((_, owner) => ({ owner, first: 0 }));
  const gradients: Place[] = layers.map((_, owner) => ({ owner, first: 0 }));
  for (const [place, { layer, inputs }] of layers.entries()) {
    if (layer.kind === 'concat') {
      let first = 0;
      for (const input of inputs) {
        // A later reader would write to the gradient before the concatenation does; and no kernel reads from the buffer that it writes to.
        const last = layers[input]?.consumers.at(-1) === place;
        const beside = layers[input]?.inputs.some((before) => root(values, before).owner === place) ?? false;
        if (values[input]?.owner === input && once(inputs, input) && last && !beside) {
          values[input] = { owner: place, first };
          gradients[input] = { owner: place, first };
        }
        first += layers[input]?.layer.channels ?? 0;
      }
    } else if (layer.kind === 'add') {
      for (const input of inputs) {
        const fused = layers[input];
        const alone = fused?.consumers.length === 1 && once(inputs, input);
        if (alone && onlyReads(fused) && gradients[input]?.owner === input)
          gradients[input] = { owner: place, first: 0 };
      }
    } else if (layer.kind === 'batchNorm') {
      const [input = 0] = inputs;
      if (layers[input]?.normalized) gradients[input] = { owner: place, first: 0 };
    }
  }
  for (const [place, { consumers }] of layers.entries())
    if (folded[place] && consumers[0] !== undefined) values[place] = { owner: consumers[0], first: 0 };
  const map = (places: readonly Place[], place: number, prefix: string): FeatureMap => {
    const { owner, first } = root(places, place);
    const { height, width } = sizes[place] ?? { height: 0, width: 0 };
    const channels = layers[place]?.layer.channels ?? 0;
    return { buffer: `${prefix} ${owner}`, first, channels, images: shape.size, height, width };
  };
  return {
    values: layers.map((_, place) => map(values, place, 'value')),
    gradients: layers.map(({ layer }, place) =>
      training && layer.kind !== 'input' ? map(gradients, place, 'gradient') : null,
    ),
  };
}

function once(inputs: readonly number[], input: number): boolean {
  return inputs.filter((other) => other === input).length === 1;
}

/** Whether the backward pass of a layer leaves the gradient of its output as it is. */
function onlyReads({ layer, relu }: FusedLayer): boolean {
  return (isConvolution(layer) && !relu) || layer.kind === 'maxPool' || layer.kind === 'dropout';
}

function root(places: readonly Place[], place: number): Place {
  const found = places[place] ?? { owner: place, first: 0 };
  if (found.owner === place) return found;
  const above = root(places, found.owner);
  return { owner: above.owner, first: above.first + found.first };
}

/** For each layer, whether inference does the batch norm that reads it in passing. */
export function foldedNorms(layers: readonly FusedLayer[]): boolean[] {
  return layers.map(({ layer, normalized }) => isConvolution(layer) && normalized);
}
