import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { brokenClaims, type Claim } from '../powerCut/claims.ts';

const WORKLOAD = fileURLToPath(new URL('../powerCut/workload.ts', import.meta.url));
/** What changes the disk. */
const CALLS = 'pwrite64,write,fsync,fdatasync,rename,unlink,ftruncate,mkdir';

export interface Kill {
  /** The system call at which the process was killed, counted from its start; null when it came to its end before. */
  readonly at: number;
  readonly ended: boolean;
  readonly lost: readonly string[];
}

/** Whether strace is there, which kills at a system call. Linux only. */
export function canKillAtSystemCalls(): boolean {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Kills the workload at its Nth system call that changes the disk, for every given N, and opens what is there then: what was reported must
 * be there, and the project whole.
 */
export async function killAtSystemCalls(
  numbers: readonly number[],
  onKill: (kill: Kill) => void = () => undefined,
): Promise<Kill[]> {
  const kills: Kill[] = [];
  for (const at of numbers) {
    const folder = mkdtempSync(join(tmpdir(), 'ccnet-kill-'));
    try {
      const { claims, ended } = await killed(folder, at);
      const kill = { at, ended, lost: claims.length === 0 ? [] : brokenClaims(folder, claims) };
      kills.push(kill);
      onKill(kill);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return kills;
}

async function killed(folder: string, at: number): Promise<{ claims: Claim[]; ended: boolean }> {
  const inject = `inject=${CALLS}:signal=KILL:when=${at}`;
  const traced = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${CALLS}`, '-e', inject];
  const child = spawn('strace', [...traced, process.execPath, WORKLOAD, folder, '2'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // It is killed while it may be told something.
  child.stdin.on('error', () => undefined);
  const claims: Claim[] = [];
  const exited = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
  for await (const line of createInterface({ input: child.stdout })) {
    claims.push(JSON.parse(line) as Claim);
    child.stdin.write('\n');
  }
  return { claims, ended: (await exited) === 0 };
}
