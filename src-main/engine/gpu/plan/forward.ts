import type { LayerDescription } from '#common/network/layerDescription.ts';
import { KEPT, NORM_INFERENCE, NORM_MOMENTS, normalize as normalizeKernel } from '../kernels/batchNorm.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { copy, dropout, MAX_POOL, RELU, TAKE_IMAGES } from '../kernels/pointwise.ts';
import { ranges } from '../kernels/ranges.ts';
import type { Dispatch } from './dispatch.ts';
import { nativeLayout } from './dropoutPlaces.ts';
import { type FeatureMap, floatsOf, pixelsOf, startOf } from './featureMap.ts';
import type { FusedLayer } from './fuseLayers.ts';
import type { PlanContext } from './planContext.ts';
import { productDispatch } from './productDispatch.ts';

/** A dispatch over all channels of a map, range by range. */
export function overMap(
  name: string,
  kernel: Kernel,
  map: FeatureMap,
  buffers: readonly string[],
  parameters: Readonly<Record<string, number>>,
  traffic: number,
): Dispatch {
  const pixels = pixelsOf(map);
  return {
    name,
    kernel,
    buffers,
    parameters: { pixels, ranges: ranges(pixels), ...parameters },
    groups: [ranges(pixels), map.channels, 1],
    traffic,
    products: 0,
  };
}

/** What computes the output of a layer. */
export function forward(plan: PlanContext, place: number): Dispatch[] {
  const layer = plan.layers[place];
  const made = plan.values[place];
  if (!layer || !made) return [];
  const source = plan.values[layer.inputs[0] ?? -1];
  const name = `${layer.layer.name}, forward`;
  if (!source) {
    const parameters = { channels: made.channels, targetAt: startOf(made) };
    return [overMap(name, TAKE_IMAGES, made, ['images', made.buffer], parameters, 2 * floatsOf(made))];
  }
  switch (layer.layer.kind) {
    case 'convolution':
    case 'transposed':
      return [convolve(plan, layer, layer.layer, place, source, made)];
    case 'batchNorm':
      return normalize(plan, layer, layer.layer, place, source, made);
    case 'concat':
    case 'add':
      return join(plan, layer, made, name);
    case 'input':
      return [];
    default:
      return [pointwise(plan, place, layer, source, made, name)];
  }
}

function convolve(
  plan: PlanContext,
  fused: FusedLayer,
  layer: Extract<LayerDescription, { kind: 'convolution' | 'transposed' }>,
  place: number,
  source: FeatureMap,
  target: FeatureMap,
): Dispatch {
  const norm = plan.folded[place] ? plan.layers[fused.consumers[0] ?? -1] : undefined;
  return productDispatch({
    name: `${layer.name}, forward`,
    kind: layer.kind,
    source,
    target,
    side: layer.kernel,
    stride: layer.kind === 'transposed' ? layer.stride : 1,
    weightsAt: plan.weights.at(layer, 'kernel'),
    epilogue: norm
      ? { kind: 'folded', at: plan.foldedAt(norm.layer) }
      : { kind: 'bias', at: plan.weights.at(layer, 'bias') },
    relu: norm ? norm.relu : fused.relu,
    accumulate: false,
  });
}

function normalize(
  plan: PlanContext,
  fused: FusedLayer,
  layer: Extract<LayerDescription, { kind: 'batchNorm' }>,
  place: number,
  source: FeatureMap,
  made: FeatureMap,
): Dispatch[] {
  const [input = 0] = fused.inputs;
  if (plan.folded[input]) return [];
  const name = `${layer.name}, forward`;
  const shared = { sourceAt: startOf(source), targetAt: startOf(made), relu: Number(fused.relu) };
  if (!plan.training) {
    const parameters = { ...shared, foldedAt: plan.foldedAt(layer) };
    const buffers = [source.buffer, 'folded', made.buffer];
    return [overMap(name, NORM_INFERENCE, made, buffers, parameters, 2 * floatsOf(made))];
  }
  plan.need('kept', plan.keptAt(place) + KEPT * layer.channels);
  const whole = ranges(pixelsOf(source)) === 1;
  const moments = whole ? 0 : 2 * source.channels * ranges(pixelsOf(source));
  if (!whole) plan.need('moments', moments);
  const measured = overMap(
    `${layer.name}, moments`,
    NORM_MOMENTS,
    source,
    [source.buffer, 'moments'],
    { sourceAt: startOf(source) },
    floatsOf(source) + moments,
  );
  return [
    ...(whole ? [] : [measured]),
    overMap(
      name,
      normalizeKernel(whole),
      made,
      [source.buffer, ...(whole ? [] : ['moments']), 'weights', 'kept', made.buffer],
      {
        ...shared,
        keptAt: plan.keptAt(place),
        gammaAt: plan.weights.at(layer, 'gamma'),
        betaAt: plan.weights.at(layer, 'beta'),
        meanAt: plan.weights.at(layer, 'moving_mean'),
        varianceAt: plan.weights.at(layer, 'moving_variance'),
        epsilon: layer.epsilon,
        decay: 1 - layer.momentum,
      },
      2 * floatsOf(made) + moments,
    ),
  ];
}

/** Puts together what does not lie in its place already. */
function join(plan: PlanContext, { layer, inputs }: FusedLayer, made: FeatureMap, name: string): Dispatch[] {
  let { first } = made;
  return inputs.flatMap((input, index) => {
    const source = plan.values[input];
    if (!source) return [];
    const target = { ...made, first, channels: source.channels };
    if (layer.kind === 'concat') first += source.channels;
    if (source.buffer === target.buffer && source.first === target.first) return [];
    return [copyMap(name, source, target, layer.kind === 'add' && index > 0)];
  });
}

export function copyMap(name: string, source: FeatureMap, target: FeatureMap, accumulate: boolean): Dispatch {
  const parameters = { sourceAt: startOf(source), targetAt: startOf(target) };
  const traffic = floatsOf(target) * (accumulate ? 3 : 2);
  return overMap(name, copy(accumulate), target, [source.buffer, target.buffer], parameters, traffic);
}

function pointwise(
  plan: PlanContext,
  place: number,
  { layer }: FusedLayer,
  source: FeatureMap,
  made: FeatureMap,
  name: string,
): Dispatch {
  const buffers = [source.buffer, made.buffer];
  const traffic = floatsOf(source) + floatsOf(made);
  const parameters = { sourceAt: startOf(source), targetAt: startOf(made) };
  if (layer.kind === 'maxPool')
    return overMap(name, MAX_POOL, made, buffers, { ...parameters, width: made.width }, traffic);
  if (layer.kind === 'relu') return overMap(name, RELU, made, buffers, parameters, traffic);
  if (layer.kind !== 'dropout') throw new Error(`Layer ${layer.name} is of no known kind.`);
  if (!plan.training) return copyMap(name, source, made, false);
  return dropoutDispatch(plan, place, layer.rate, { name, source, target: made, accumulate: false });
}

/** The mask of a dropout layer, over its input or over the gradient of its output. */
export function dropoutDispatch(
  plan: PlanContext,
  place: number,
  rate: number,
  move: {
    readonly name: string;
    readonly source: FeatureMap;
    readonly target: FeatureMap;
    readonly accumulate: boolean;
  },
): Dispatch {
  const { name, source, target, accumulate } = move;
  const exact = Math.fround(rate);
  return overMap(
    name,
    dropout(accumulate),
    target,
    [source.buffer, target.buffer, 'step'],
    {
      sourceAt: startOf(source),
      targetAt: startOf(target),
      height: target.height,
      width: target.width,
      layer: place,
      ...nativeLayout(plan.layers, plan.shape, place),
      threshold: Math.trunc(Math.fround(exact * 16777216)),
      scale: 1 / Math.fround(1 - exact),
    },
    floatsOf(target) * (accumulate ? 3 : 2),
  );
}
