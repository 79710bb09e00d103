import type { OnProgress } from '#contract/progress.ts';
import { shareDevices } from '../../calibration/schedule/shareDevices.ts';
import { stepAddon } from '../../engine/compiled/stepAddon.ts';
import type { Engine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import { measuredThreads } from '../../trainingCost/threadScaling.ts';
import { hostMemory } from '../../trainingCost/trainingMemory.ts';
import { forecastNetworks, type PlannedTraining } from '../prediction/forecastNetworks.ts';
import { costsOnCores } from './costsOnCores.ts';
import type { PreparedSweep } from './preparedSweep.ts';
import type { TrainerPool } from './trainerPool.ts';

/** Trainings with the place of the one that each has to wait for. */
type Planned = PlannedTraining & { readonly after: number | null };

/**
 * Shares a sweep between a card, which trains in this process, and the cores, which train in others, at the same time: by what steps of
 * the smallest, the middle and the largest network take on each of them, measured here the first time and kept in the project.
 * @param card the device beside the cores
 * @param cores native
 * @param limits most trainings at a time on the cores (null for as many as make it faster), and bytes of all
 * @returns null when there is nothing to train
 */
export async function prepareBoth(
  { project, card, cores, pool }: { project: Project; card: Engine; cores: Engine; pool: TrainerPool },
  trainings: readonly Planned[],
  { parallel, bytes }: { readonly parallel: number | null; readonly bytes: number },
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<PreparedSweep | null> {
  const threads = stepAddon().threadCount();
  const most = Math.min(parallel ?? Infinity, threads, trainings.length);
  const onCard = await forecastNetworks(project, card, trainings, signal, onProgress);
  const onCores = await costsOnCores({ project, engine: cores, pool }, trainings, most, signal, onProgress);
  if (!onCores) return null;
  const ofProcess = process.memoryUsage.rss();
  const either = trainings.map(({ after, network, recipe, load }, i) => {
    const native = onCores.each[i];
    return {
      after,
      cores: native && native.bytes <= bytes ? native : null,
      card: { seconds: onCard[i]?.seconds ?? Infinity, bytes: hostMemory(network, recipe, load) },
    };
  });
  const { scheduled, capacity, seconds } = shareDevices(either, {
    ...{ card: card.id, threads, bytes },
    parallel: parallel === null ? measuredThreads(most) : [most],
    slowdown: onCores.slowdown,
  });
  const spreads = scheduled.map(({ device }, i) => {
    if (device === 'native') return onCores.spread;
    const { high = 0, seconds: expected = 1 } = onCard[i] ?? {};
    return high / expected - 1;
  });
  const spread = Math.max(...spreads);
  return {
    scheduled,
    capacity,
    slowdown: onCores.slowdown,
    total: {
      seconds,
      low: seconds / (1 + spread),
      high: seconds * (1 + spread),
      peakBytes: ofProcess + peakOf(scheduled, capacity.slots),
    },
  };
}

/** Bytes of the trainings that need most, as many of each device as it runs at a time. */
function peakOf(scheduled: PreparedSweep['scheduled'], slots: PreparedSweep['capacity']['slots']): number {
  return Object.entries(slots).reduce((sum, [id, count]) => {
    const largest = scheduled.flatMap(({ device, bytes }) => (device === id ? [bytes] : []));
    largest.sort((a, b) => b - a);
    return sum + largest.slice(0, count).reduce((all, one) => all + one, 0);
  }, 0);
}
