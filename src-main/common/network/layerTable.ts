import type { LayerBase, LayerDescription, TransposedLayer } from './layerDescription.ts';

const NORM_EPSILON = 1e-3;
const NORM_MOMENTUM = 0.9;

/** Collects layer descriptions in forward order; every method appends one layer and returns it as the next input. */
export class LayerTable {
  readonly layers: LayerDescription[] = [];

  input(channels: number): LayerDescription {
    return this.#append({ kind: 'input', name: 'image', inputs: [], channels, reduction: 1 });
  }

  convolution(name: string, input: LayerBase, filters: number, kernel: number): LayerDescription {
    const { channels: inputChannels, reduction } = input;
    const inputs = [input.name];
    return this.#append({
      kind: 'convolution',
      name,
      inputs,
      channels: filters,
      reduction,
      kernel,
      inputChannels,
    });
  }

  transposed(
    name: string,
    input: LayerBase,
    filters: number,
    shape: Pick<TransposedLayer, 'kernel' | 'stride' | 'initial'>,
  ): LayerDescription {
    return this.#append({
      kind: 'transposed',
      name,
      inputs: [input.name],
      channels: filters,
      reduction: input.reduction / shape.stride,
      inputChannels: input.channels,
      ...shape,
    });
  }

  relu(name: string, input: LayerBase): LayerDescription {
    const { channels, reduction } = input;
    return this.#append({ kind: 'relu', name, inputs: [input.name], channels, reduction });
  }

  /** Batch norm, then ReLU, behind a convolution; their names are the convolution's with a suffix. */
  normRelu(input: LayerBase): LayerDescription {
    const { channels, reduction } = input;
    const norm = {
      kind: 'batchNorm',
      name: `${input.name}_norm`,
      inputs: [input.name],
      channels,
      reduction,
      epsilon: NORM_EPSILON,
      momentum: NORM_MOMENTUM,
    } as const;
    this.#append(norm);
    return this.relu(`${input.name}_relu`, norm);
  }

  /** 2x2 maximum with stride 2. */
  maxPool(name: string, input: LayerBase): LayerDescription {
    const { channels, reduction } = input;
    return this.#append({ kind: 'maxPool', name, inputs: [input.name], channels, reduction: reduction * 2 });
  }

  dropout(name: string, input: LayerBase, rate: number): LayerDescription {
    const { channels, reduction } = input;
    return this.#append({ kind: 'dropout', name, inputs: [input.name], channels, reduction, rate });
  }

  /** Joins two feature maps of one size along the channels. */
  concat(name: string, first: LayerBase, second: LayerBase): LayerDescription {
    const channels = first.channels + second.channels;
    return this.#append({
      kind: 'concat',
      name,
      inputs: [first.name, second.name],
      channels,
      reduction: first.reduction,
    });
  }

  add(name: string, terms: readonly [LayerBase, ...LayerBase[]]): LayerDescription {
    const { channels, reduction } = terms[0];
    return this.#append({ kind: 'add', name, inputs: terms.map((term) => term.name), channels, reduction });
  }

  #append(layer: LayerDescription): LayerDescription {
    this.layers.push(layer);
    return layer;
  }
}
