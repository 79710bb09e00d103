import type { NetworkSpec } from '#common/network/network.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { fitStepCost, type StepCost, stepMilliseconds } from '../../trainingCost/fitStepCost.ts';
import { measureStep } from '../../trainingCost/measureStep.ts';
import { networkCost } from '../../network/networkCost.ts';
import type { Project } from '../../project/project.ts';

/** Sizes that are timed where nothing is known: the smallest, the largest and one between. */
const ENOUGH = 3;
/** A network whose steps would take longer is left to the model. */
const LONGEST_STEP = 1500;
/** Side of an image that every family takes. */
const COUNTED_SIDE = 32;

/** The cost of training steps here, from those measured on this machine with this engine; null without any. */
export function knownStepCost(project: Project, engine: Engine): StepCost | null {
  return fitStepCost(stepsOf(project, engine));
}

/**
 * The cost of training steps on this machine and engine. When the project knows fewer than three, steps of up to three of the
 * networks are measured first, a few seconds altogether, and stored.
 */
export async function measureStepCost(
  project: Project,
  engine: Engine,
  networks: readonly NetworkSpec[],
  recipe: TrainingRecipe,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<StepCost | null> {
  let cost = knownStepCost(project, engine);
  if (stepsOf(project, engine).length >= ENOUGH) return cost;
  const { crop, batch } = recipe;
  const timed = spread(networks);
  for (const [done, network] of timed.entries()) {
    if (cost && stepMilliseconds(cost, { network, crop, batch }) > LONGEST_STEP) continue;
    onProgress({
      stage: 'Measuring training steps',
      done,
      total: timed.length,
      unit: 'networks',
      secondsLeft: null,
    });
    project.measurements.setStepTiming({
      engine: engine.version,
      network,
      crop,
      batch,
      milliseconds: await measureStep(engine, network, recipe, signal),
      residentBytes: process.memoryUsage.rss(),
    });
    cost = knownStepCost(project, engine);
  }
  return cost;
}

function stepsOf(project: Project, engine: Engine) {
  return project.measurements.stepTimings().filter((timing) => timing.engine === engine.version);
}

/** The smallest, the middle and the largest network, smallest first. */
function spread(networks: readonly NetworkSpec[]): NetworkSpec[] {
  const macs = (network: NetworkSpec): number => networkCost(network, COUNTED_SIDE, COUNTED_SIDE).macs;
  const sorted = [...networks].sort((a, b) => macs(a) - macs(b));
  const indices = new Set([0, sorted.length >> 1, sorted.length - 1]);
  return sorted.filter((_, index) => indices.has(index));
}
