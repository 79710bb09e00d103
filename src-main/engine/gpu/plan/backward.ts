import { NORM_GRADIENT_SUMS, normGradient } from '../kernels/batchNorm.ts';
import { CHANNEL_SUMS, maxPoolGradient, reluGradient } from '../kernels/pointwise.ts';
import { ranges } from '../kernels/ranges.ts';
import type { Dispatch } from './dispatch.ts';
import { type FeatureMap, floatsOf, pixelsOf, startOf } from './featureMap.ts';
import { filterDispatch, filterParts } from './filterDispatch.ts';
import { copyMap, dropoutDispatch, overMap } from './forward.ts';
import type { FusedLayer } from './fuseLayers.ts';
import type { PlanContext } from './planContext.ts';
import { productDispatch } from './productDispatch.ts';

/** One input of a layer, seen from the backward pass. */
interface Receiver {
  readonly source: FeatureMap;
  /** Null where no gradient is asked for. */
  readonly gradient: FeatureMap | null;
  /** A later reader has written to it before. */
  readonly accumulate: boolean;
}

/** What computes the gradients of a layer: of its weights, and of its inputs. */
export function backward(plan: PlanContext, place: number): Dispatch[] {
  const layer = plan.layers[place];
  const [output, gradient] = [plan.values[place], plan.gradients[place]];
  if (!layer || !output || !gradient) return [];
  const inputs = layer.inputs.map((_, index) => receiver(plan, place, layer, index));
  const [first] = inputs;
  if (!first) return [];
  switch (layer.layer.kind) {
    case 'convolution':
    case 'transposed':
      return convolutionGradients(plan, layer, first, output, gradient);
    case 'batchNorm':
      return normGradients(plan, place, layer, first, gradient);
    case 'concat':
    case 'add':
      return partGradients(layer, inputs, gradient);
    default:
      return pointwiseGradient(plan, place, layer, first, output, gradient);
  }
}

function receiver(plan: PlanContext, place: number, layer: FusedLayer, index: number): Receiver {
  const input = layer.inputs[index] ?? -1;
  const source = plan.values[input];
  if (!source) throw new Error(`Layer ${layer.layer.name} reads nothing.`);
  const repeated = layer.inputs.indexOf(input) !== index;
  const last = plan.layers[input]?.consumers.at(-1) === place;
  return { source, gradient: plan.gradients[input] ?? null, accumulate: repeated || !last };
}

function convolutionGradients(
  plan: PlanContext,
  fused: FusedLayer,
  { source, gradient: target, accumulate }: Receiver,
  output: FeatureMap,
  gradient: FeatureMap,
): Dispatch[] {
  const { layer } = fused;
  if (layer.kind !== 'convolution' && layer.kind !== 'transposed') return [];
  const stride = layer.kind === 'transposed' ? layer.stride : 1;
  const { kernel: side } = layer;
  const dispatches: Dispatch[] = [];
  if (fused.relu) dispatches.push(reluInPlace(layer.name, output, gradient));
  const filter = {
    name: `${layer.name}, filter gradient`,
    left: layer.kind === 'transposed' ? gradient : source,
    right: layer.kind === 'transposed' ? source : gradient,
    side,
    stride,
  };
  const weightsAt = plan.weights.at(layer, 'kernel');
  const { parts, size } = filterParts(filter);
  dispatches.push(filterDispatch(filter, plan.parts.add(weightsAt, parts, size)));
  if (!fused.normalized) {
    const count = ranges(pixelsOf(gradient));
    const at = plan.parts.add(plan.weights.at(layer, 'bias'), count, layer.channels);
    dispatches.push(
      overMap(
        `${layer.name}, bias gradient`,
        CHANNEL_SUMS,
        gradient,
        [gradient.buffer, 'gradients'],
        { channels: layer.channels, sourceAt: startOf(gradient), gradientAt: at },
        floatsOf(gradient) + count * layer.channels,
      ),
    );
  }
  if (target)
    dispatches.push(
      productDispatch({
        name: `${layer.name}, input gradient`,
        kind: `${layer.kind} gradient`,
        source: gradient,
        target,
        side,
        stride,
        weightsAt,
        epilogue: null,
        relu: false,
        accumulate,
      }),
    );
  return dispatches;
}

/** The gradient behind the ReLU of a convolution without batch norm, in the place of the one before it. */
function reluInPlace(name: string, output: FeatureMap, gradient: FeatureMap): Dispatch {
  return overMap(
    `${name}, relu gradient`,
    reluGradient('in place'),
    gradient,
    [output.buffer, gradient.buffer],
    { sourceAt: startOf(output), gradientAt: startOf(gradient), targetAt: startOf(gradient) },
    3 * floatsOf(gradient),
  );
}

function normGradients(
  plan: PlanContext,
  place: number,
  { layer, relu }: FusedLayer,
  { source, gradient: target, accumulate }: Receiver,
  gradient: FeatureMap,
): Dispatch[] {
  const whole = ranges(pixelsOf(source)) === 1;
  const moments = whole ? 0 : 2 * source.channels * ranges(pixelsOf(source));
  const shared = {
    sourceAt: startOf(source),
    gradientAt: startOf(gradient),
    keptAt: plan.keptAt(place),
    relu: Number(relu),
  };
  // Of the network's input no gradient is wanted; gamma and beta have theirs all the same.
  const to = target ?? gradient;
  const inPlace = to.buffer === gradient.buffer && to.first === gradient.first;
  const kind = inPlace ? 'in place' : accumulate ? 'add' : 'write';
  const gammaAt = plan.parts.add(plan.weights.at(layer, 'gamma'), 1, layer.channels);
  const betaAt = plan.parts.add(plan.weights.at(layer, 'beta'), 1, layer.channels);
  const summed = overMap(
    `${layer.name}, gradient sums`,
    NORM_GRADIENT_SUMS,
    source,
    [source.buffer, gradient.buffer, 'kept', 'moments'],
    shared,
    2 * floatsOf(source) + moments,
  );
  const read = [source.buffer, gradient.buffer, 'kept', ...(whole ? [] : ['moments'])];
  return [
    ...(whole ? [] : [summed]),
    overMap(
      `${layer.name}, gradient`,
      normGradient(kind, whole),
      source,
      [...read, 'gradients', ...(inPlace ? [] : [to.buffer])],
      { ...shared, targetAt: startOf(to), gammaAt, betaAt },
      (kind === 'add' ? 4 : 3) * floatsOf(source) + moments,
    ),
  ];
}

/** Hands the gradient of a concatenation or sum to its parts, where these do not lie in it. */
function partGradients({ layer }: FusedLayer, inputs: readonly Receiver[], gradient: FeatureMap): Dispatch[] {
  let { first } = gradient;
  return inputs.flatMap(({ source, gradient: target, accumulate }) => {
    const part = { ...gradient, first, channels: source.channels };
    if (layer.kind === 'concat') first += source.channels;
    if (!target || (target.buffer === part.buffer && target.first === part.first)) return [];
    return [copyMap(`${layer.name}, gradient`, part, target, accumulate)];
  });
}

function pointwiseGradient(
  plan: PlanContext,
  place: number,
  { layer }: FusedLayer,
  { source, gradient: target, accumulate }: Receiver,
  output: FeatureMap,
  gradient: FeatureMap,
): Dispatch[] {
  if (!target) return [];
  const name = `${layer.name}, gradient`;
  const at = { gradientAt: startOf(gradient), targetAt: startOf(target) };
  const added = accumulate ? floatsOf(target) : 0;
  switch (layer.kind) {
    case 'maxPool':
      return [
        overMap(
          name,
          maxPoolGradient(accumulate),
          gradient,
          [source.buffer, gradient.buffer, target.buffer],
          { ...at, sourceAt: startOf(source), width: gradient.width },
          2 * floatsOf(target) + floatsOf(gradient) + added,
        ),
      ];
    case 'relu':
      return [
        overMap(
          name,
          reluGradient(accumulate ? 'add' : 'write'),
          gradient,
          [output.buffer, gradient.buffer, target.buffer],
          { ...at, sourceAt: startOf(output) },
          3 * floatsOf(target) + added,
        ),
      ];
    case 'dropout':
      return [dropoutDispatch(plan, place, layer.rate, { name, source: gradient, target, accumulate })];
    default:
      throw new Error(`Layer ${layer.name} is of no known kind.`);
  }
}
