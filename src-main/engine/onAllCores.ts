import { availableParallelism } from 'node:os';
import { stepAddon } from './compiled/stepAddon.ts';
import type { Engine } from './Engine.ts';
import { openNative } from './openNative.ts';

/** Runs `body` with the processor's engine on all its cores, whatever number of threads the process computes with otherwise. */
export async function onAllCores<Result>(body: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = openNative({});
  const addon = stepAddon();
  const before = addon.threadCount();
  const all = availableParallelism();
  try {
    return await body(before === all ? engine : openNative({ threads: all }));
  } finally {
    addon.setThreadCount(before);
  }
}
