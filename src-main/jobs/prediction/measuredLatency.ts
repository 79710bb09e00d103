import { throwIfCancelled } from '#common/errors.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { onAllCores } from '../../engine/onAllCores.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { describeNetwork, sizeMultiple } from '../../network/describeNetwork.ts';
import { firstWeights } from '../../network/firstWeights.ts';
import type { Project } from '../../project/project.ts';
import type { Predictor } from '../../training/segmentImage.ts';
import { yieldToEventLoop } from '../../training/yieldToEventLoop.ts';
import { withPredictor } from '../training/withPredictor.ts';

const WARM_UP = 2;
const PASSES = 7;

/**
 * Median milliseconds of a forward pass of one square working-resolution image on the processor of this machine, with all its cores: the same whatever
 * device trains, so that a prediction and the training after it choose alike. Measured once for an engine and network and kept in the project.
 * Untrained weights serve: time does not depend on their values.
 */
export function measuredLatency(
  project: Project,
  network: NetworkSpec,
  workingSide: number,
  signal: AbortSignal,
): Promise<number> {
  return onAllCores((engine) => measure(project, engine, network, workingSide, signal));
}

async function measure(
  project: Project,
  engine: Engine,
  network: NetworkSpec,
  workingSide: number,
  signal: AbortSignal,
): Promise<number> {
  const multiple = sizeMultiple(network.family);
  const side = Math.ceil(workingSide / multiple) * multiple;
  const stored = project.measurements.latency(engine.version, network, side, side);
  if (stored !== undefined) return stored;
  const weights = firstWeights(describeNetwork(network), 0);
  const image = new Float32Array(side * side * network.channels).map((_, i) => Math.sin(i));
  const passes = async (predictor: Predictor): Promise<number[]> => {
    const all: number[] = [];
    for (let pass = 0; pass < WARM_UP + PASSES; pass++) {
      throwIfCancelled(signal, 'Measuring latency');
      const started = performance.now();
      await predictor.predict(image, 1, side, side);
      all.push(performance.now() - started);
      await yieldToEventLoop();
    }
    return all.slice(WARM_UP).sort((a, b) => a - b);
  };
  const times = await withPredictor(engine, network, weights, passes);
  const median = times[Math.floor(times.length / 2)] ?? Number.NaN;
  project.measurements.setLatency(engine.version, network, side, side, median);
  return median;
}
