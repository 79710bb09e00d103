import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { brokenClaims, type Claim } from './claims.ts';

const WORKLOAD = fileURLToPath(new URL('workload.ts', import.meta.url));
/** No timer of the file system makes anything durable that nobody asked for. */
const MOUNT = 'loop,commit=300';

export interface Cut {
  /** What had been reported last. */
  readonly after: string;
  readonly lost: readonly string[];
}

/**
 * Cuts the power of a real ext4 whenever the workload has reported something: the disk is copied as it is at that moment, and what the
 * operating system still holds in memory is not in the copy. Needs Linux and the right to mount.
 * @param steps each gives three reports
 * @param onCut hears of each cut that was judged
 */
export async function cutLoopDevice(
  steps: number,
  onCut: (cut: Cut) => void = () => undefined,
): Promise<Cut[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-power-'));
  const [disk, copy, mount] = [join(folder, 'disk'), join(folder, 'copy'), join(folder, 'mount')];
  execFileSync('truncate', ['-s', '96M', disk]);
  execFileSync('mkfs.ext4', ['-q', '-F', disk]);
  mkdirSync(mount);
  const cuts: Cut[] = [];
  const claims: Claim[] = [];
  mounted(disk, mount);
  let isMounted = true;
  try {
    const child = spawn(process.execPath, [WORKLOAD, mount, String(steps)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      claims.push(JSON.parse(line) as Claim);
      copyFileSync(disk, copy);
      const cut = judge(copy, folder, claims);
      cuts.push(cut);
      onCut(cut);
      child.stdin.write('\n');
    }
    execFileSync('umount', [mount]);
    isMounted = false;
    return cuts;
  } finally {
    if (isMounted) execFileSync('umount', [mount]);
    rmSync(folder, { recursive: true });
  }
}

/** Starts the machine again with the copied disk: the file system replays its journal, the program opens what is there. */
function judge(copy: string, folder: string, claims: readonly Claim[]): Cut {
  const mount = join(folder, 'after');
  mkdirSync(mount, { recursive: true });
  mounted(copy, mount);
  try {
    return { after: JSON.stringify(claims.at(-1)), lost: brokenClaims(mount, claims) };
  } finally {
    execFileSync('umount', [mount]);
  }
}

function mounted(disk: string, folder: string): void {
  execFileSync('mount', ['-o', MOUNT, disk, folder]);
}
