import { readState } from '../../cluster/followState.ts';
import { arrayIndex, type SweepFolder } from '../../cluster/sweepFolder.ts';
import { arrayStates, cancelArrays } from '../../cluster/slurm/slurm.ts';

/** Cancels what of a sweep waits or runs on the cluster. What was finished stays. @returns how many tasks that were */
export async function cancelSweep(folder: SweepFolder): Promise<number> {
  const state = await readState(folder.state);
  const jobs = [...new Set([...state.values()].map(({ job }) => job))];
  const live = await arrayStates(jobs);
  const under = [...state].filter(([id, { job }]) => {
    const now = live?.get(`${job}_${arrayIndex(id)}`);
    return now === 'running' || now === 'waiting';
  });
  await cancelArrays([...new Set(under.map(([, { job }]) => job))]);
  return under.length;
}
