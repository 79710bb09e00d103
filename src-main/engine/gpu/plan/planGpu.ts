import type { LayerDescription } from '#common/network/layerDescription.ts';
import { ADAM } from '../kernels/adam.ts';
import { FOLD_NORMS, FOLD_WORDS } from '../kernels/batchNorm.ts';
import { LOSS_GRADIENT, LOSS_PARTS, LOSS_SUMS, PROBABILITIES } from '../kernels/loss.ts';
import { ranges } from '../kernels/ranges.ts';
import { backward } from './backward.ts';
import type { Dispatch, GpuPlan } from './dispatch.ts';
import { type FeatureMap, floatsOf, pixelsOf, startOf } from './featureMap.ts';
import { forward, overMap } from './forward.ts';
import { adamEntries } from './gradientParts.ts';
import type { BatchShape } from './mapSizes.ts';
import { PlanContext } from './planContext.ts';

/** Workgroups along one side of a dispatch that every device takes. */
const MOST_GROUPS = 65535;

/**
 * One optimisation step for batches of one shape: forward pass, loss, backward pass, Adam.
 * @throws Error that says what does not fit
 */
export function planTraining(
  table: readonly LayerDescription[],
  shape: BatchShape,
  foregroundWeight: number,
): GpuPlan {
  const plan = new PlanContext(table, shape, true);
  const places = plan.layers.map((_, place) => place);
  const dispatches = [
    ...places.flatMap((place) => forward(plan, place)),
    ...lossDispatches(plan, foregroundWeight),
    ...places.reverse().flatMap((place) => backward(plan, place)),
  ];
  const entries = plan.parts.table(plan.weights);
  const adam: Dispatch = {
    name: 'Adam',
    kernel: ADAM,
    buffers: ['adam table', 'step', 'gradients', 'weights', 'first', 'second'],
    parameters: { entries: adamEntries(entries) },
    groups: [Math.min(adamEntries(entries), MOST_GROUPS), Math.ceil(adamEntries(entries) / MOST_GROUPS), 1],
    traffic: plan.parts.size + 6 * plan.weights.trainable,
    products: 0,
  };
  plan.need('gradients', plan.parts.size);
  return finish(plan, [...dispatches, adam], new Map([['adam table', entries]]));
}

/** Foreground probabilities of batches of one shape, in inference mode, in the buffer `probabilities`. @throws as planTraining */
export function planInference(table: readonly LayerDescription[], shape: BatchShape): GpuPlan {
  const plan = new PlanContext(table, shape, false);
  const dispatches = plan.layers.flatMap((_, place) => forward(plan, place));
  const logits = lastOf(plan.values);
  plan.need('probabilities', pixelsOf(logits));
  const probabilities = overMap(
    'probabilities',
    PROBABILITIES,
    { ...logits, channels: 1 },
    [logits.buffer, 'probabilities'],
    { logitsAt: startOf(logits) },
    3 * pixelsOf(logits),
  );
  return finish(plan, [...dispatches, probabilities], new Map());
}

function lossDispatches(plan: PlanContext, foregroundWeight: number): Dispatch[] {
  const logits = lastOf(plan.values);
  const gradient = plan.gradients.at(-1);
  if (!gradient) throw new Error('A network whose only layer is its input cannot be trained.');
  const pixels = pixelsOf(logits);
  const parts = LOSS_SUMS * ranges(pixels);
  plan.need('loss parts', parts);
  const parameters = { logitsAt: startOf(logits), gradientAt: startOf(gradient), foregroundWeight };
  const one = { ...logits, channels: 1 };
  const traffic = floatsOf(logits) + pixels / 4 + parts;
  return [
    overMap('loss sums', LOSS_PARTS, one, [logits.buffer, 'masks', 'loss parts'], parameters, traffic),
    overMap(
      'loss gradient',
      LOSS_GRADIENT,
      one,
      [logits.buffer, 'masks', 'loss parts', gradient.buffer, 'loss'],
      parameters,
      traffic + floatsOf(gradient),
    ),
  ];
}

function finish(
  plan: PlanContext,
  dispatches: readonly Dispatch[],
  tables: Map<string, Uint32Array<ArrayBuffer>>,
): GpuPlan {
  for (const map of [...plan.values, ...plan.gradients])
    if (map) plan.need(map.buffer, startOf(map) + floatsOf(map));
  const { folds } = plan;
  const channels = folds.length / FOLD_WORDS;
  if (channels > 0) tables.set('fold table', folds);
  const fold: Dispatch = {
    name: 'fold batch norms',
    kernel: FOLD_NORMS,
    buffers: ['fold table', 'weights', 'folded'],
    parameters: { channels },
    groups: [Math.ceil(channels / 64), 1, 1],
    traffic: channels * 7,
    products: 0,
  };
  const all = channels > 0 ? [fold, ...dispatches] : dispatches;
  for (const { name, groups } of all) {
    if (groups.some((count) => count > MOST_GROUPS))
      throw new Error(`A batch of this size is too large for one run of ${name}: take a smaller one.`);
  }
  return { dispatches: all, buffers: plan.needs, tables };
}

function lastOf(maps: readonly FeatureMap[]): FeatureMap {
  const last = maps.at(-1);
  if (!last) throw new Error('A network has layers.');
  return last;
}
