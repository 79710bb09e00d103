import { spawnSync } from 'node:child_process';

/** What a utility process of the program may be. */
export type WorkerKind = 'job' | 'project' | 'media' | 'trainer';

/** Process ids of the workers of a role that a process has started as plain Node processes. */
export function workersBelow(pid: number, role: WorkerKind): number[] {
  const { stdout } = spawnSync('ps', ['-e', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, child, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === pid && args.includes(`--role=${role}`) ? [Number(child)] : [];
  });
}
