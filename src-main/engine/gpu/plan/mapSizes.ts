import type { FusedLayer } from './fuseLayers.ts';

export interface BatchShape {
  /** Images. */
  readonly size: number;
  readonly height: number;
  readonly width: number;
}

/** Sides of every layer's output for one input. @throws Error that names the layer that does not fit */
export function mapSizes(layers: readonly FusedLayer[], { height, width }: BatchShape): BatchSides[] {
  const sizes: BatchSides[] = [];
  for (const { layer, inputs } of layers) {
    const [first = 0] = inputs;
    const input = inputs.length === 0 ? { height, width } : (sizes[first] ?? { height, width });
    const reject = (reason: string): never => {
      throw new Error(`Layer ${layer.name} ${reason} at an input of ${height} x ${width} pixels.`);
    };
    for (const other of inputs) {
      if (sizes[other]?.height !== input.height || sizes[other].width !== input.width)
        reject('joins feature maps of different sizes');
    }
    if (layer.kind === 'maxPool') {
      if (input.height % 2 !== 0 || input.width % 2 !== 0)
        reject(`cannot halve ${input.height} x ${input.width} pixels`);
      sizes.push({ height: input.height / 2, width: input.width / 2 });
    } else if (layer.kind === 'transposed') {
      sizes.push({ height: input.height * layer.stride, width: input.width * layer.stride });
    } else {
      sizes.push(input);
    }
    if (layers.length === sizes.length && (sizes.at(-1)?.height !== height || sizes.at(-1)?.width !== width))
      reject(`gives logits of ${sizes.at(-1)?.height} x ${sizes.at(-1)?.width} pixels`);
  }
  return sizes;
}

export interface BatchSides {
  readonly height: number;
  readonly width: number;
}
