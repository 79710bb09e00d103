import type { JobView } from '#contract/channels.ts';
import type { WrittenFile } from '#contract/jobs/writtenFile.ts';

/** The files of a trained network, wherever a job has written them: each once, as it was written last, the newest first. */
export function filesOf(jobs: readonly JobView[], network: number): WrittenFile[] {
  const newest = [...jobs].sort((a, b) => b.id - a.id).flatMap(({ written }) => written);
  const files = new Map<string, WrittenFile>();
  for (const one of newest) if (one.network === network && !files.has(one.file)) files.set(one.file, one);
  return [...files.values()];
}
