import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this process may mount a disk of its own, as root may on Linux. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-mount-'));
  const [disk, mount] = [join(folder, 'disk'), join(folder, 'mount')];
  try {
    execFileSync('truncate', ['-s', '8M', disk], { stdio: 'ignore' });
    execFileSync('mkfs.ext4', ['-q', '-F', disk], { stdio: 'ignore' });
    execFileSync('mkdir', [mount]);
    execFileSync('mount', ['-o', 'loop', disk, mount], { stdio: 'ignore' });
    execFileSync('umount', [mount], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
