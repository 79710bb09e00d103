import type { TimedSize } from '#common/device/device.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { Engine } from '../engine/Engine.ts';
import { networkCost } from '../network/networkCost.ts';
import { measureStep } from './measureStep.ts';

/** A size whose smaller neighbour takes longer than this a step is not timed: it would take minutes to learn that it is slow. */
const LONGEST_STEP = 5000;
/** Side of an image that every family takes. */
const COUNTED_SIDE = 32;

/**
 * Milliseconds of a training step of each network on a device, smallest first until one takes too long; the others are null, and all of
 * them on a card that the processor plays.
 */
export async function timeSizes(
  engine: Engine,
  networks: readonly NetworkSpec[],
  recipe: TrainingRecipe,
  signal: AbortSignal,
): Promise<TimedSize[]> {
  const macs = (network: NetworkSpec): number => networkCost(network, COUNTED_SIDE, COUNTED_SIDE).macs;
  const timed = new Map<NetworkSpec, number>();
  let last = engine.software ? Infinity : 0;
  for (const network of [...networks].sort((a, b) => macs(a) - macs(b))) {
    if (last > LONGEST_STEP) break;
    last = await measureStep(engine, network, recipe, signal);
    timed.set(network, last);
  }
  return networks.map((network) => ({ factor: network.factor, milliseconds: timed.get(network) ?? null }));
}
