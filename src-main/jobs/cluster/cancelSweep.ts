import { readState } from '../../cluster/followState.ts';
import { arrayIndex, partOf, type SweepFolder } from '../../cluster/sweepFolder.ts';
import { arrayStates, cancelArrays } from '../../cluster/slurm/slurm.ts';

/** Cancels what of a sweep waits or runs on the cluster. What was finished stays. @returns how many tasks that were @throws cluster-refused */
export async function cancelSweep(folder: SweepFolder): Promise<number> {
  const state = await readState(folder.state);
  const jobs = [...new Set([...state.values()].map(({ job }) => job))];
  const live = await arrayStates(jobs);
  const under = [...state].filter(([id, { job }]) => {
    const now = live?.get(`${job}_${arrayIndex(id)}`);
    return now === 'running' || now === 'waiting';
  });
  const parts = Map.groupBy(under, ([id]) => partOf(id));
  await cancelArrays(
    new Map([...parts].map(([part, tasks]) => [part, [...new Set(tasks.map(([, { job }]) => job))]])),
  );
  return under.length;
}
