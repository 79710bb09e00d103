import { spawnSync } from 'node:child_process';

/** Process ids of the GPU processes of all Chromiums below a process. */
export function gpuProcesses(ancestor: number): number[] {
  const { stdout } = spawnSync('ps', ['-e', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const processes = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
  });
  const below = new Set([ancestor]);
  for (let found = 0; found !== below.size;) {
    found = below.size;
    for (const { pid, parent } of processes) if (below.has(parent)) below.add(pid);
  }
  return processes
    .filter(({ pid, args }) => below.has(pid) && args.includes('--type=gpu-process'))
    .map(({ pid }) => pid);
}
